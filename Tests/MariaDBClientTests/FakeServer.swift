import Dispatch
import Glibc
import TestSupport

/// A server on loopback that plays a script to one client and keeps what the client sent.
final class FakeServer: Sendable {
    enum Step: Sendable {
        /// Sends a packet with this sequence number.
        case send(UInt8, [UInt8])
        /// Sends bytes as they are.
        case sendRaw([UInt8])
        /// Waits for one packet from the client.
        case receive
        /// Gives one element of ``signals``.
        case signal
        /// Sends this packet again and again until the client hangs up, the first with this sequence number.
        case flood(UInt8, [UInt8])
        /// Lets a server on this port of 127.0.0.1 go on with the client.
        case handOver(UInt16)
    }

    let port: UInt16

    /// Tells how far the script has got.
    let signals: AsyncStream<Void>

    /// Gives all that a client sent, when it has hung up.
    let departures: AsyncStream<[UInt8]>

    private let listener: Int32

    /// Listens; with no steps it only accepts.
    init(_ steps: [Step] = []) {
        listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        port = withUnsafeMutablePointer(to: &address) { [listener] address in
            address.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                precondition(bind(listener, address, length) == 0 && listen(listener, 8) == 0)
                precondition(getsockname(listener, address, &length) == 0)
            }
            return UInt16(bigEndian: address.pointee.sin_port)
        }
        let signals = AsyncStream<Void>.makeStream()
        let departures = AsyncStream<[UInt8]>.makeStream()
        self.signals = signals.stream
        self.departures = departures.stream
        DispatchQueue(label: "fake server").async { [listener] in
            while case let client = accept(listener, nil, nil), client >= 0 {
                departures.continuation.yield(Self.play(steps, to: client) { signals.continuation.yield() })
                close(client)
            }
            close(listener)
        }
    }

    // Only wakes the queue, which closes: it may be about to accept on what is another's number by then.
    deinit { shutdown(listener, Int32(SHUT_RDWR)) }

    /// Plays the steps, then reads until the client hangs up; gives everything read.
    private static func play(_ steps: [Step], to client: Int32, signal: () -> Void) -> [UInt8] {
        var received: [UInt8] = []
        for step in steps {
            switch step {
            case .send(let sequence, let payload):
                let count = UInt32(payload.count)
                let header = [UInt8(count & 0xff), UInt8(count >> 8 & 0xff), UInt8(count >> 16), sequence]
                send(header + payload, to: client)
            case .sendRaw(let bytes):
                send(bytes, to: client)
            case .signal:
                signal()
            case .flood(let first, let payload):
                let count = UInt32(payload.count)
                let length = [UInt8(count & 0xff), UInt8(count >> 8 & 0xff), UInt8(count >> 16)]
                var sequence = first
                while true {
                    // Small ones together, so that the kernel is not what bounds the flood.
                    var block: [UInt8] = []
                    repeat {
                        block += length + [sequence] + payload
                        sequence &+= 1
                    } while block.count < 65_536
                    guard Glibc.send(client, block, block.count, Int32(MSG_NOSIGNAL)) == block.count else {
                        break
                    }
                }
            case .handOver(let port):
                return received + handOver(client, to: port)
            case .receive:
                let header = read(4, from: client)
                received += header
                guard header.count == 4 else { return received }
                received += read(Int(header[0]) | Int(header[1]) << 8 | Int(header[2]) << 16, from: client)
            }
        }
        return received + read(.max, from: client)
    }

    /// Copies both ways until the client hangs up; gives what it sent.
    private static func handOver(_ client: Int32, to port: UInt16) -> [UInt8] {
        let server = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(server) }
        guard SocketAddress("127.0.0.1", port: port).withPointer({ connect(server, $0, $1) }) == 0 else {
            return []
        }
        var received: [UInt8] = []
        var ends = [
            pollfd(fd: client, events: Int16(POLLIN), revents: 0),
            pollfd(fd: server, events: Int16(POLLIN), revents: 0),
        ]
        var buffer = [UInt8](repeating: 0, count: 4_096)
        while poll(&ends, 2, 20_000) > 0 {
            for (from, other) in [(0, server), (1, client)] where ends[from].revents != 0 {
                let got = recv(ends[from].fd, &buffer, buffer.count, 0)
                guard got > 0 else { return received }
                send(Array(buffer[..<got]), to: other)
                if from == 0 { received += buffer[..<got] }
            }
        }
        return received
    }

    private static func send(_ bytes: [UInt8], to client: Int32) {
        _ = Glibc.send(client, bytes, bytes.count, Int32(MSG_NOSIGNAL))
    }

    private static func read(_ count: Int, from client: Int32) -> [UInt8] {
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 4_096)
        while bytes.count < count {
            let got = recv(client, &buffer, min(buffer.count, count - bytes.count), 0)
            guard got > 0 else { break }
            bytes += buffer[..<got]
        }
        return bytes
    }
}

extension FakeServer.Step {
    /// A greeting without TLS, for this authentication plugin.
    static func greeting(plugin: String) -> Self {
        // CLIENT_LONG_PASSWORD, LOCAL_FILES, PROTOCOL_41, SECURE_CONNECTION; then PLUGIN_AUTH.
        let capabilities: (low: [UInt8], high: [UInt8]) = ([0x81, 0x82], [0x08, 0x00])
        let scramble = [UInt8](repeating: 0x41, count: 20)
        return .send(
            0,
            [10] + Array("8.0.0-fake".utf8) + [0, 1, 0, 0, 0] + scramble[..<8] + [0] + capabilities.low
                + [33, 2, 0] + capabilities.high + [21] + [UInt8](repeating: 0, count: 10) + scramble[8...]
                + [0] + Array(plugin.utf8) + [0]
        )
    }

    /// Asks the client to start again with another authentication plugin.
    static func authenticationSwitch(plugin: String) -> Self {
        .send(2, [0xfe] + Array(plugin.utf8) + [0] + [UInt8](repeating: 0x41, count: 20) + [0])
    }

    /// Says that all is well.
    static func ok(_ sequence: UInt8) -> Self { .send(sequence, [0, 0, 0, 2, 0, 0, 0]) }

    /// The head of a result with one column of this name, for the answer to a statement.
    static func column(_ name: String) -> [Self] {
        let text = { (text: String) in [UInt8(text.utf8.count)] + Array(text.utf8) }
        let definition = [text("def"), text(""), text("t"), text("t"), text(name), text(name)].flatMap(\.self)
        let utf8mb4: [UInt8] = [0x0c, 45, 0]
        let varString: [UInt8] = [0, 1, 0, 0, 0xfd, 0, 0, 0, 0, 0]
        return [.send(1, [1]), .send(2, definition + utf8mb4 + varString), .send(3, [0xfe, 0, 0, 2, 0])]
    }

    /// Asks for the content of a file of the client's.
    static func fileRequest(_ path: String) -> Self { .send(1, [0xfb] + Array(path.utf8)) }

    /// Refuses as a real server does before its greeting: no SQLSTATE.
    static func refusal(_ code: UInt16, _ text: String) -> Self {
        .send(0, [0xff, UInt8(code & 0xff), UInt8(code >> 8)] + Array(text.utf8))
    }
}
