import Glibc
import TestSupport

/// A server that offers TLS with a certificate, shows what arrives inside it, and answers what it is told.
///
/// The TLS is that of `openssl s_server`; the greeting before it is ``FakeServer``'s.
final class TLSEavesdropper: Sendable {
    /// Where a client connects.
    var port: UInt16 { front.port }

    /// Everything that has arrived inside TLS so far, as text.
    var received: String { process.standardOutput }

    private let front: FakeServer
    private let folder: TemporaryFolder
    private let process: ChildProcess

    /// Starts it with a certificate and its key, both in PEM.
    init(_ identity: (certificate: String, key: String)) async throws {
        folder = try TemporaryFolder("eavesdropper")
        let (pipe, port) = (folder.file("answers"), freePort())
        guard mkfifo(pipe, 0o600) == 0 else { throw ServerFailure.pipe }
        process = try await ChildProcess.start(
            "sh",
            [
                "-c",
                // Opened for both, so that it neither waits for a writer nor ends with one.
                "exec openssl s_server -quiet -accept 127.0.0.1:\(port) -cert \(identity.certificate) "
                    + "-key \(identity.key) 0<>\(pipe)",
            ]
        )
        front = FakeServer([.send(0, FakeServer.greetingWithTLS), .receive, .handOver(port)])
        try await waitUntil("s_server listens") { Self.listens(port) }
    }

    /// Sends one packet inside TLS.
    func answer(_ step: FakeServer.Step) throws {
        guard case .send(let sequence, let payload) = step else { return }
        let descriptor = open(folder.file("answers"), O_WRONLY | O_NONBLOCK | O_CLOEXEC)
        guard descriptor >= 0 else { throw ServerFailure.pipe }
        defer { close(descriptor) }
        let packet = [UInt8(payload.count), 0, 0, sequence] + payload
        guard write(descriptor, packet, packet.count) == packet.count else { throw ServerFailure.pipe }
    }

    func stop() async { await process.kill() }

    private enum ServerFailure: Error { case pipe }

    private static func listens(_ port: UInt16) -> Bool {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(descriptor) }
        return SocketAddress("127.0.0.1", port: port).withPointer { connect(descriptor, $0, $1) } == 0
    }
}
