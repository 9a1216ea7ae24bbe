import AWSClient
import TestSupport

/// A web server with a certificate that nobody knows, for "localhost" and nothing else.
final class TLSServer: Sendable {
    let port: UInt16

    /// The certificate, for those who want to trust it.
    var certificate: String { folder.file("server.pem") }

    private let folder: TemporaryFolder
    private let process: ChildProcess

    /// Starts it with the `openssl` command and waits until it listens.
    init() async throws {
        folder = try TemporaryFolder("tls-server")
        port = freePort()
        let (key, certificate) = (folder.file("server.key"), folder.file("server.pem"))
        _ = try await ChildProcess.run(
            "openssl",
            [
                "req", "-x509", "-batch", "-days", "2", "-subj", "/CN=localhost", "-noenc", "-newkey", "ec",
                "-pkeyopt", "ec_paramgen_curve:prime256v1", "-addext", "subjectAltName=DNS:localhost",
                "-keyout", key, "-out", certificate,
            ]
        )
        process = try await ChildProcess.start(
            "openssl",
            ["s_server", "-accept", "127.0.0.1:\(port)", "-cert", certificate, "-key", key, "-www", "-quiet"]
        )
        let transport = HTTPTransport.curl(environment: [:])
        let request = try HTTPRequest.post(to: port)
        try await waitUntil("the TLS server listens") {
            await failure(of: transport, request, within: .seconds(5))?.cause != .connect
        }
    }

    func stop() async { await process.kill() }
}
