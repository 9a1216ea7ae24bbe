import MariaDBClient
import TestSupport
import TestTraits
import Testing

@Suite(.tags(.server), .timeLimit(.minutes(1))) struct TLSTests {
    @Test(arguments: ThrowawayServer.Kind.allCases)
    func `TLS has the right certificate for the right name, or is refused`(
        _ kind: ThrowawayServer.Kind
    ) async throws {
        try kind.skipUnlessExpected()
        let certificates = try await Certificates()
        try await ThrowawayServer.with(kind, options: kind == .mariadb ? certificates.serverOptions : []) {
            server in
            if kind == .mysql { try await certificates.replace(thoseOf: server) }
            try await checkAccepted(certificates, by: server)
            try await checkRefused(certificates, by: server)
            try await checkPlain(server)
        }
    }

    private func connect(
        _ server: ThrowawayServer,
        _ host: String,
        _ caFile: String?
    ) async throws(MariaDBError) -> Session {
        let endpoint = Endpoint.local(server.port, host: host, tls: .verifyIdentity(caFile: caFile))
        return try await Session.connect(to: endpoint, as: .hostcached)
    }

    private func checkAccepted(_ certificates: Certificates, by server: ThrowawayServer) async throws {
        let session = try await connect(server, "localhost", certificates.authority)
        let cipher = try await session.query("SHOW SESSION STATUS LIKE 'Ssl_cipher'")
        #expect(cipher.rows.map(\.values) == [["Ssl_cipher", session.cipher]])
        #expect(session.isEncrypted)
        // More than one TLS record.
        let long = try await session.query("SELECT REPEAT('x', 100000)")
        #expect(long.rows.map(\.values) == [[String(repeating: "x", count: 100_000)]])
        await session.close()
    }

    private func checkRefused(_ certificates: Certificates, by server: ThrowawayServer) async throws {
        let wrong = [
            // The certificate is for "localhost" only.
            ("127.0.0.1", certificates.authority), ("localhost", certificates.stranger), ("localhost", nil),
            ("localhost", "/nowhere/ca.pem"),
        ]
        for (host, caFile) in wrong {
            let error = await failure { () async throws(MariaDBError) in
                try await connect(server, host, caFile)
            }
            #expect(error?.code == 2_026)
            #expect(error?.isTLSFailure == true)
        }
        try await server.waitUntilAllHaveLeft()
    }

    private func checkPlain(_ server: ThrowawayServer) async throws {
        let session = try await Session.connect(to: .local(server.port), as: .hostcached)
        let cipher = try await session.query("SHOW SESSION STATUS LIKE 'Ssl_cipher'")
        #expect(cipher.rows.map(\.values) == [["Ssl_cipher", ""]])
        #expect(session.cipher == nil)
        await session.close()
    }
}
