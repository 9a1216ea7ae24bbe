import MariaDBClient
import Secrets
import TestSupport
import Testing

/// What leaves for a server that offers TLS, seen by that server.
@Suite(.timeLimit(.minutes(5))) struct EavesdropperTests {
    static let login = Login(user: "watcher", password: Secret("TopSecretPw"))

    /// Connects, and asks for the password in clear text as soon as the client has said who it is.
    private func connect(
        _ host: String,
        _ tls: Endpoint.TLS,
        _ certificates: Certificates
    ) async throws -> (error: MariaDBError?, received: String) {
        let server = try await TLSEavesdropper(certificates.server)
        let error = await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask {
                try await waitUntil("the client says who it is") { server.received.contains("watcher") }
                try server.answer(
                    .send(3, [0xfe] + Array("mysql_clear_password\0".utf8) + [0x41, 0])
                )
            }
            let endpoint = Endpoint.local(server.port, host: host, tls: tls, connectTimeout: .seconds(20))
            let error = await failure { () async throws(MariaDBError) in
                try await Session.connect(to: endpoint, as: Self.login)
            }
            tasks.cancelAll()
            return error
        }
        let received = server.received
        await server.stop()
        return (error, received)
    }

    @Test func `nothing leaves before the certificate is as wanted`() async throws {
        let certificates = try await Certificates()
        let other = try await certificates.fingerprint(of: certificates.stranger)
        var cases: [(host: String, tls: Endpoint.TLS)] = [
            ("127.0.0.1", .fingerprint(other)),
            ("localhost", .verifyIdentity(caFile: certificates.stranger)),
            ("localhost", .verifyIdentity(caFile: nil)),
        ]
        if ClientLibrary.comparesLocalNames {
            cases.append(("127.0.0.1", .verifyIdentity(caFile: certificates.authority)))
        }
        for (host, tls) in cases {
            let (error, received) = try await connect(host, tls, certificates)
            #expect(error?.code == 2_026)
            #expect(received == "")
        }
    }

    @Test func `a pinned server is told the user, and no password in clear text`() async throws {
        let certificates = try await Certificates()
        let own = try await certificates.fingerprint(of: certificates.server.certificate)
        let (error, received) = try await connect("127.0.0.1", .fingerprint(own), certificates)
        #expect(error?.code == 5_010)
        #expect(
            error?.message.hasSuffix(
                "the server asks for the password in clear text, which only verify-identity allows"
            ) == true
        )
        #expect(received.contains("watcher"))
        #expect(!received.contains("TopSecretPw"))
    }

    @Test func `a server that has proved its name gets the password in clear text`() async throws {
        let certificates = try await Certificates()
        let verified = Endpoint.TLS.verifyIdentity(caFile: certificates.authority)
        let (error, received) = try await connect("localhost", verified, certificates)
        // It never says whether that was right.
        #expect(error?.isTimeout == true)
        #expect(received.contains("TopSecretPw"))
    }
}
