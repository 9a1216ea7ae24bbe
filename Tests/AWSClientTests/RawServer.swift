import Dispatch
import Glibc

/// A server on loopback that answers every request with a script of bytes, for what no HTTP server does.
final class RawServer: Sendable {
    enum Step: Sendable {
        case send(String)
        /// Sends a text this many times, or until the client has had enough.
        case sendMany(String, Int)
        /// Waits until the client hangs up.
        case hang
    }

    let port: UInt16

    /// Gives each request, from its first line to the end of its content.
    let requests: AsyncStream<String>

    private let listener: Int32

    /// Listens at an address, given in host byte order.
    init(_ steps: [Step], address number: UInt32 = 0x7f00_0001) {
        listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = number.bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        port = withUnsafeMutablePointer(to: &address) { [listener] address in
            address.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                precondition(bind(listener, address, length) == 0 && listen(listener, 64) == 0)
                precondition(getsockname(listener, address, &length) == 0)
            }
            return UInt16(bigEndian: address.pointee.sin_port)
        }
        let requests = AsyncStream<String>.makeStream()
        self.requests = requests.stream
        DispatchQueue(label: "raw server").async { [listener] in
            while case let client = accept(listener, nil, nil), client >= 0 {
                DispatchQueue(label: "raw server client").async {
                    requests.continuation.yield(Self.readRequest(from: client))
                    Self.play(steps, to: client)
                    close(client)
                }
            }
            close(listener)
        }
    }

    // Only wakes the queue, which closes: it may be about to accept on what is another's number by then.
    deinit { shutdown(listener, Int32(SHUT_RDWR)) }

    private static func play(_ steps: [Step], to client: Int32) {
        for step in steps {
            switch step {
            case .send(let text): _ = send(text, to: client)
            case .sendMany(let text, let count):
                for _ in 0..<count where !send(text, to: client) { return }
            case .hang: while read(from: client)?.isEmpty == false {}
            }
        }
    }

    private static func send(_ text: String, to client: Int32) -> Bool {
        let bytes = Array(text.utf8)
        return Glibc.send(client, bytes, bytes.count, Int32(MSG_NOSIGNAL)) == bytes.count
    }

    private static func readRequest(from client: Int32) -> String {
        var bytes: [UInt8] = []
        while !isWhole(bytes), let more = read(from: client), !more.isEmpty { bytes += more }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func isWhole(_ bytes: [UInt8]) -> Bool {
        // TLS: there is nothing to wait for without the keys.
        guard bytes.first != 0x16 else { return true }
        let text = String(decoding: bytes, as: UTF8.self)
        guard let end = text.firstRange(of: "\r\n\r\n") else { return false }
        let field = "content-length: "
        guard let length = text.lowercased().firstRange(of: field) else { return true }
        let count = Int(text.lowercased()[length.upperBound...].prefix { $0.isNumber }) ?? 0
        return text[end.upperBound...].utf8.count >= count
    }

    private static func read(from client: Int32) -> [UInt8]? {
        var buffer = [UInt8](repeating: 0, count: 65_536)
        let count = recv(client, &buffer, buffer.count, 0)
        return count < 0 ? nil : Array(buffer[..<count])
    }
}
