import Daemon
import HostCacheCore
import MariaDBClient
import Testing

struct ServerFailureMappingTests {
    private static let connect = MariaDBError.Operation.connect(.tcp(host: "db", port: 3306))

    /// A client error in short, and what it means to the loop.
    struct Row: Sendable {
        var operation = MariaDBError.Operation.query
        var cause = MariaDBError.Cause.reported
        var code: UInt32
        var message = "words"
        var reason: ServerFailure.Reason
        var serverCode: UInt32?
        var isUnknown = false
        var isLost = false
        var ownBlock: OwnBlock?
        var tlsFault: MariaDBError.TLSFault?
    }

    @Test(arguments: [
        Row(
            operation: connect,
            code: 1129,
            message: "Host '10.0.1.23' is blocked because of many connection errors; unblock with "
                + "'mariadb-admin flush-hosts'",
            reason: .blocked,
            serverCode: 1129,
            ownBlock: OwnBlock(seenAs: "10.0.1.23", connectedFrom: nil, flavour: .mariadb)
        ),
        Row(
            operation: connect,
            code: 2002,
            message: "Received error packet before completion of TLS handshake. "
                + "The authenticity of the following error cannot be verified: 1129 - Host is blocked",
            reason: .blocked,
            serverCode: 1129,
            ownBlock: OwnBlock(seenAs: nil, connectedFrom: nil, flavour: nil)
        ),
        Row(operation: connect, code: 2026, reason: .tls, tlsFault: .other),
        Row(
            operation: connect,
            code: 2026,
            message: "TLS/SSL error: SSL is required, but the server does not support it",
            reason: .tls,
            tlsFault: .notOffered
        ),
        Row(
            operation: connect,
            code: 2026,
            message: "TLS/SSL error: self-signed certificate in certificate chain",
            reason: .tls,
            tlsFault: .certificate
        ),
        Row(operation: connect, code: 3159, reason: .tls, serverCode: 3159, tlsFault: .demanded),
        Row(operation: connect, code: 2005, reason: .dns),
        Row(operation: connect, code: 1045, reason: .auth, serverCode: 1045),
        Row(operation: connect, code: 1130, reason: .auth, serverCode: 1130),
        Row(operation: connect, code: 4150, reason: .auth, serverCode: 4150),
        Row(operation: connect, cause: .timeout, code: 0, reason: .timeout),
        Row(operation: connect, code: 2002, reason: .connect),
        Row(operation: connect, code: 1040, reason: .connect, serverCode: 1040),
        Row(operation: connect, code: 1044, reason: .privilege, serverCode: 1044),
        Row(code: 1142, reason: .privilege, serverCode: 1142),
        Row(code: 1227, reason: .privilege, serverCode: 1227),
        Row(code: 1064, reason: .query, serverCode: 1064),
        Row(code: 2013, reason: .connect, isUnknown: true, isLost: true),
        Row(code: 1053, reason: .connect, serverCode: 1053, isUnknown: true, isLost: true),
        Row(code: 4031, reason: .connect, serverCode: 4031, isLost: true),
        Row(cause: .timeout, code: 0, reason: .timeout, isUnknown: true, isLost: true),
        Row(cause: .ended, code: 0, reason: .connect, isLost: true),
        Row(operation: .read, cause: .refused, code: 0, reason: .query),
    ])
    func `every client error has one meaning`(row: Row) {
        let error = MariaDBError(
            operation: row.operation,
            cause: row.cause,
            code: row.code,
            sqlState: "HY000",
            message: row.message
        )
        var expected = ServerFailure(
            row.reason,
            code: row.serverCode,
            message: "\(error)",
            outcomeIsUnknown: row.isUnknown,
            losesConnection: row.isLost
        )
        expected.ownBlock = row.ownBlock
        expected.tlsFault = row.tlsFault
        #expect(ServerFailure(error) == expected)
    }

    @Test func `the reasons are the metric's labels`() {
        #expect(
            ServerFailure.Reason.allCases.map(\.rawValue) == [
                "connect", "dns", "tls", "auth", "blocked", "timeout", "privilege", "query",
            ]
        )
    }
}
