/// Two certificate authorities and a server certificate from the first.
///
/// The files go with the last reference.
package final class Certificates: Sendable {
    private let folder: TemporaryFolder

    /// The authority that signed the server's certificate.
    package var authority: String { folder.file("ca.pem") }

    /// An authority that signed nothing.
    package var stranger: String { folder.file("stranger.pem") }

    /// The server's certificate and its key.
    package var server: (certificate: String, key: String) {
        (folder.file("server.pem"), folder.file("server.key"))
    }

    /// The SHA-1 fingerprint of a certificate, 40 digits.
    package func fingerprint(of certificate: String) async throws -> String {
        let line = try await ChildProcess.run(
            "openssl",
            ["x509", "-noout", "-fingerprint", "-sha1", "-in", certificate]
        )
        return String((line.split(separator: "=").last ?? "").filter { $0.isHexDigit })
    }

    /// What a server needs to offer TLS with the certificate.
    package var serverOptions: [String] {
        [
            "--ssl-ca=\(authority)", "--ssl-cert=\(folder.file("server.pem"))",
            "--ssl-key=\(folder.file("server.key"))",
        ]
    }

    /// Makes the certificates with the `openssl` command.
    ///
    /// - Parameter name: What the server's certificate is for, as `openssl` writes it: `DNS:localhost`.
    /// - Throws: ``ChildProcessError`` with what `openssl` says.
    package init(for name: String = "DNS:localhost") async throws {
        folder = try TemporaryFolder("certificates")
        try await certify("ca", "/CN=authority", [])
        try await certify("stranger", "/CN=stranger", [])
        try await certify(
            "server",
            "/CN=localhost",
            [
                "-addext", "subjectAltName=\(name)", "-addext", "basicConstraints=critical,CA:FALSE",
                "-CA", authority, "-CAkey", folder.file("ca.key"),
            ]
        )
    }

    /// Takes the place of the certificates that MySQL made for itself in its data directory.
    ///
    /// Not through options, because a MySQL in a root of its own does not see our folder.
    package func replace(thoseOf server: ThrowawayServer) async throws {
        let data =
            server.socketPath.split(separator: "/", omittingEmptySubsequences: false).dropLast()
            .joined(separator: "/") + "/data/"
        for (ours, its) in [
            ("ca.pem", "ca.pem"), ("server.pem", "server-cert.pem"), ("server.key", "server-key.pem"),
        ] {
            _ = try await ChildProcess.run("cp", [folder.file(ours), data + its])
        }
        _ = try await server.sql("ALTER INSTANCE RELOAD TLS")
    }

    private func certify(_ name: String, _ subject: String, _ options: [String]) async throws {
        let key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-noenc"]
        let files = ["-keyout", folder.file("\(name).key"), "-out", folder.file("\(name).pem")]
        _ = try await ChildProcess.run(
            "openssl",
            ["req", "-x509", "-batch", "-days", "2", "-subj", subject] + key + files + options
        )
    }
}
