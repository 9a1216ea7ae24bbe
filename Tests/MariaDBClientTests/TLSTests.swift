import MariaDBClient
import TestSupport
import TestTraits
import Testing

@Suite(.tags(.server), .needsServer(.mariadb), .timeLimit(.minutes(1))) struct TLSTests {
    @Test func `TLS is encrypted, with the right certificate for the right name, or refused`() async throws {
        let certificates = try await Certificates()
        try await ThrowawayServer.with(.mariadb, options: certificates.serverOptions) { server in
            func connect(_ host: String, _ caFile: String?) async throws(MariaDBError) -> Session {
                let tls = Endpoint.TLS.verifyIdentity(caFile: caFile)
                return try await Session.connect(
                    to: .local(server.port, host: host, tls: tls),
                    as: .hostcached
                )
            }
            func refusal(_ host: String, _ caFile: String?) async -> MariaDBError? {
                await failure { () async throws(MariaDBError) in try await connect(host, caFile) }
            }

            let session = try await connect("localhost", certificates.authority)
            let status = try await session.query("SHOW SESSION STATUS LIKE 'Ssl_cipher'")
            #expect(status.rows.map(\.values) == [["Ssl_cipher", session.cipher]])
            #expect(session.isEncrypted)
            await session.close()

            // The certificate is for "localhost" only.
            let wrongName = await refusal("127.0.0.1", certificates.authority)
            let unknown = await refusal("localhost", certificates.stranger)
            let unknownToSystem = await refusal("localhost", nil)
            let missing = await refusal("localhost", "/nowhere/ca.pem")
            for error in [wrongName, unknown, unknownToSystem, missing] {
                #expect(error?.code == 2_026)
                #expect(error?.isTLSFailure == true)
            }
            try await server.waitUntilAllHaveLeft()

            let plain = try await Session.connect(to: .local(server.port), as: .hostcached)
            let none = try await plain.query("SHOW SESSION STATUS LIKE 'Ssl_cipher'")
            #expect(none.rows.map(\.values) == [["Ssl_cipher", ""]])
            #expect(plain.cipher == nil)
            await plain.close()
        }
    }
}
