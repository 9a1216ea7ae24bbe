import MariaDBClient
import Testing

@Suite struct MariaDBErrorTests {
    static let address = Endpoint.Address.tcp(host: "10.0.1.23", port: 3306)
    static let blockedText = "Host '10.0.1.23' is blocked because of many connection errors"
    static let unverified =
        "Received error packet before completion of TLS handshake. "
        + "The authenticity of the following error cannot be verified: "

    static func connect(_ code: UInt32, _ message: String = "") -> MariaDBError {
        MariaDBError(
            operation: .connect(address),
            cause: .reported,
            code: code,
            sqlState: "HY000",
            message: message
        )
    }

    static func query(_ code: UInt32, _ cause: MariaDBError.Cause = .reported) -> MariaDBError {
        MariaDBError(operation: .query, cause: cause, code: code, sqlState: "HY000", message: "")
    }

    @Test(
        arguments: [
            (connect(1_129, blockedText), 1_129),
            (connect(2_002, unverified + "1129 - \(blockedText)"), 1_129),
            (connect(2_002, unverified + "1040 - Too many connections"), 1_040),
            (connect(2_002, unverified), nil),
            (connect(2_002, "Can't connect to server on '10.0.1.23' (111)"), nil),
            (connect(1_045), 1_045),
            (connect(1_999), 1_999),
            (connect(2_000), nil),
            (connect(2_999), nil),
            (connect(3_000), 3_000),
            (connect(4_999), 4_999),
            (connect(5_000), nil),
            (connect(5_999), nil),
            (connect(6_000), 6_000),
            (connect(0), nil),
        ] as [(MariaDBError, UInt32?)]
    )
    func `the server's code is found, also inside the library's text`(_ error: MariaDBError, _ code: UInt32?)
    {
        #expect(error.serverCode == code)
        #expect(error.isHostBlocked == (code == 1_129))
    }

    @Test(
        arguments: [
            (query(2_013), true, true),
            (query(2_006), true, true),
            (query(1_927), true, true),
            (query(1_053), true, true),
            (query(4_031), true, false),
            (query(1_064), false, false),
            (query(0, .timeout), true, true),
            (query(0, .cancelled(sent: true)), true, true),
            (query(0, .cancelled(sent: false)), false, false),
            (query(0, .ended), true, false),
            (query(0, .refused), false, false),
            (connect(2_013), false, false),
        ] as [(MariaDBError, Bool, Bool)]
    )
    func `a lost session and an unknown outcome are told apart`(
        _ error: MariaDBError,
        _ isLoss: Bool,
        _ isUnknown: Bool
    ) {
        #expect(error.isConnectionLoss == isLoss)
        #expect(error.outcomeIsUnknown == isUnknown)
    }

    @Test(
        arguments: [
            (connect(2_002), true),
            (connect(2_013), true),
            (connect(2_002, unverified + "1129 - \(blockedText)"), false),
            (connect(2_005), false),
            (connect(2_026), false),
            (connect(1_045), false),
            (query(2_013), false),
        ] as [(MariaDBError, Bool)]
    )
    func `unreachable means that no server answered the connect`(_ error: MariaDBError, _ expected: Bool) {
        #expect(error.isUnreachable == expected)
    }

    @Test(
        arguments: [
            (connect(1_045), "login"), (connect(1_698), "login"), (connect(5_010), "login"),
            (connect(2_026), "TLS"), (connect(3_159), "TLS"),
            (connect(2_005), "name"),
            (query(1_142), "privilege"), (query(1_227), "privilege"),
            (query(0, .timeout), "timeout"), (query(0, .cancelled(sent: true)), "cancellation"),
            (query(1_064), ""),
        ] as [(MariaDBError, String)]
    )
    func `a failure answers yes to one question of kind`(_ error: MariaDBError, _ kind: String) {
        let answers = [
            (error.isAuthenticationFailure, "login"), (error.isTLSFailure, "TLS"),
            (error.isNameResolution, "name"), (error.isPrivilegeFailure, "privilege"),
            (error.isTimeout, "timeout"), (error.isCancellation, "cancellation"),
        ]
        #expect(answers.filter(\.0).map(\.1).joined() == kind)
    }

    @Test func `the description says what was attempted, on what, what happened, and the code`() {
        #expect(
            "\(Self.connect(1_129, Self.blockedText))"
                == "connect to 10.0.1.23:3306 failed: \(Self.blockedText) (error 1129, SQLSTATE HY000)"
        )
        let syntax = MariaDBError(
            operation: .query,
            cause: .reported,
            code: 1_064,
            sqlState: "42000",
            message: "near 'SELEKT'"
        )
        #expect("\(syntax)" == "query failed: near 'SELEKT' (error 1064, SQLSTATE 42000)")
        let own = MariaDBError(
            operation: .connect(.tcp(host: "::1", port: 1)),
            cause: .timeout,
            code: 0,
            sqlState: "HY000",
            message: "no complete answer within 5.0 seconds"
        )
        #expect("\(own)" == "connect to [::1]:1 failed: no complete answer within 5.0 seconds")
    }
}
