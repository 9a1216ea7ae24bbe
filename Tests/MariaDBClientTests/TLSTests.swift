import MariaDBClient
import Secrets
import TestSupport
import TestTraits
import Testing

@Suite(.tags(.server), .timeLimit(.minutes(5))) struct TLSTests {
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
            try await checkFingerprints(certificates, of: server)
            try await checkReplacedAuthority(certificates, of: server)
            try await checkPlain(server)
        }
    }

    @Test(arguments: ThrowawayServer.Kind.allCases)
    func `an account that wants a certificate answers as to a wrong password, and the advice says so`(
        _ kind: ThrowawayServer.Kind
    ) async throws {
        try kind.skipUnlessExpected()
        try await ThrowawayServer.with(kind) { server in
            _ = try await server.sql("CREATE USER sealed@'%' IDENTIFIED BY 'pw' REQUIRE X509")
            let error = await failure { () async throws(MariaDBError) in
                try await Session.connect(
                    to: .local(server.port),
                    as: Login(user: "sealed", password: Secret("pw"))
                )
            }
            #expect(error?.code == 1045)
            let advice = "it is also the answer where the account requires TLS (REQUIRE SSL or X509)"
            #expect(error?.message.contains(advice) == true)
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
        // A closing dot is no part of the name.
        await (try connect(server, "localhost.", certificates.authority)).close()
        // More than one TLS record.
        let long = try await session.query("SELECT REPEAT('x', 100000)")
        #expect(long.rows.map(\.values) == [[String(repeating: "x", count: 100_000)]])
        await session.close()
    }

    private func checkRefused(_ certificates: Certificates, by server: ThrowawayServer) async throws {
        let wrong = [
            (
                "127.0.0.1", certificates.authority,
                "the certificate is for another name: connect by a name that it is for, "
                    + "or use tls mode fingerprint"
            ),
            (
                "localhost", certificates.stranger,
                "the certificate's authority is not trusted here: name its file with tls.ca"
            ),
            ("localhost", nil, "the certificate's authority is not trusted here: name its file with tls.ca"),
            (
                "localhost", "/nowhere/ca.pem",
                "see that /nowhere/ca.pem can be read and holds the certificate of the server's authority"
            ),
        ]
        for (host, caFile, advice) in wrong where host == "localhost" || ClientLibrary.comparesLocalNames {
            let error = await failure { () async throws(MariaDBError) in
                try await connect(server, host, caFile)
            }
            #expect(error?.code == 2_026)
            #expect(error?.isTLSFailure == true)
            #expect(error?.message.hasSuffix("; \(advice)") == true, "\(error?.message ?? "none")")
        }
        try await server.waitUntilAllHaveLeft()
    }

    private func checkFingerprints(_ certificates: Certificates, of server: ThrowawayServer) async throws {
        let own = try await certificates.fingerprint(of: certificates.server.certificate)
        for spelling in [own, own.lowercased()] {
            let session = try await Session.connect(
                to: .local(server.port, tls: .fingerprint(spelling)),
                as: .hostcached
            )
            #expect(session.isEncrypted)
            await session.close()
        }
        // The authority's own certificate is another one; so is the same with the last digit changed.
        let others = [
            try await certificates.fingerprint(of: certificates.authority),
            String(own.dropLast()) + (own.hasSuffix("0") ? "1" : "0"),
        ]
        for other in others {
            let error = await failure { () async throws(MariaDBError) in
                try await Session.connect(
                    to: .local(server.port, tls: .fingerprint(other)),
                    as: .hostcached
                )
            }
            // "Fingerprint verification of server certificate" in 3.3, "validation of peer certificate" in 3.4.
            #expect(error?.message.hasPrefix("TLS/SSL error: Fingerprint v") == true)
            #expect(
                error?.message.hasSuffix(
                    " certificate failed; the certificate is another one: if the server has a new one, get its "
                        + "SHA-1 fingerprint on the server's own machine with openssl x509 -noout -fingerprint "
                        + "-sha1 -in FILE"
                ) == true
            )
        }
    }

    /// The authority's file is read at each connect.
    private func checkReplacedAuthority(
        _ certificates: Certificates,
        of server: ThrowawayServer
    ) async throws {
        let folder = try TemporaryFolder("authority")
        let file = folder.file("ca.pem")
        for (authority, code) in [
            (certificates.stranger, 2_026), (certificates.authority, nil), (certificates.stranger, 2_026),
        ] as [(String, UInt32?)] {
            _ = try await ChildProcess.run("cp", [authority, file])
            let error = await failure { () async throws(MariaDBError) in
                let session = try await connect(server, "localhost", file)
                await session.close()
            }
            #expect(error?.code == code)
        }
    }

    @Test(arguments: ThrowawayServer.Kind.allCases)
    func `a server without TLS is refused, never talked to in plain text`(
        _ kind: ThrowawayServer.Kind
    ) async throws {
        try kind.skipUnlessExpected()
        try await ThrowawayServer.with(kind, options: kind == .mysql ? ["--tls-version="] : ["--skip-ssl"]) {
            server in
            for tls in [.verifyIdentity(caFile: nil), .fingerprint(String(repeating: "a", count: 40))]
                as [Endpoint.TLS]
            {
                let error = await failure { () async throws(MariaDBError) in
                    try await Session.connect(
                        to: .local(server.port, host: "localhost", tls: tls),
                        as: .hostcached
                    )
                }
                #expect(
                    error?.message
                        == "TLS/SSL error: SSL is required, but the server does not support it; no TLS is "
                        + "offered, so nothing was sent: turn it on at the server, or use tls mode disabled "
                        + "(--tls disabled), where anybody on the way can read and change what is sent"
                )
            }
            let log = try server.generalLog().filter { $0.contains("hostcached") }
            #expect(log.filter { $0.contains("Connect") } == [])
        }
    }

    private func checkPlain(_ server: ThrowawayServer) async throws {
        let session = try await Session.connect(to: .local(server.port), as: .hostcached)
        let cipher = try await session.query("SHOW SESSION STATUS LIKE 'Ssl_cipher'")
        #expect(cipher.rows.map(\.values) == [["Ssl_cipher", ""]])
        #expect(session.cipher == nil)
        await session.close()
    }
}
