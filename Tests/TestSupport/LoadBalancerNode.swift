import Dispatch
import Glibc

/// Stands in for one node of a load balancer: passes connections on to a server on 127.0.0.1.
///
/// Gone with the last reference; connections that are open then end with their client's.
package final class LoadBalancerNode: Sendable {
    private let listener: Int32

    /// Listens on a loopback address.
    ///
    /// - Parameters:
    ///   - address: where clients connect, such as `127.0.0.2`.
    ///   - port: the same for every node of a load balancer.
    ///   - server: the server's port.
    ///   - source: the address the server sees; `127.0.0.1` is what it would see of a client of its own.
    /// - Throws: ``HealthCheckFailure`` when the address and port cannot be had.
    package init(on address: String, port: UInt16, to server: UInt16, from source: String) throws {
        let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        var reuse: Int32 = 1
        setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &reuse, socklen_t(MemoryLayout<Int32>.size))
        guard SocketAddress(address, port: port).withPointer({ bind(listener, $0, $1) }) == 0,
            listen(listener, 16) == 0
        else {
            let code = errno
            close(listener)
            throw HealthCheckFailure.system("bind", code)
        }
        self.listener = listener
        DispatchQueue(label: "load balancer \(address)").async {
            while case let client = accept(listener, nil, nil), client >= 0 {
                DispatchQueue.global().async { Self.pass(client, to: server, from: source) }
            }
            close(listener)
        }
    }

    // Only wakes the queue, which closes: it may be about to accept on what is another's number by then.
    deinit { shutdown(listener, Int32(SHUT_RDWR)) }

    /// Copies both ways until either end hangs up.
    private static func pass(_ client: Int32, to port: UInt16, from source: String) {
        let server = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        defer {
            close(client)
            close(server)
        }
        guard SocketAddress(source, port: 0).withPointer({ bind(server, $0, $1) }) == 0,
            SocketAddress("127.0.0.1", port: port).withPointer({ connect(server, $0, $1) }) == 0
        else { return }
        var ends = [
            pollfd(fd: client, events: Int16(POLLIN), revents: 0),
            pollfd(fd: server, events: Int16(POLLIN), revents: 0),
        ]
        var buffer = [UInt8](repeating: 0, count: 16_384)
        while poll(&ends, 2, -1) > 0 {
            for (from, other) in [(client, server), (server, client)]
            where ends.contains(where: { $0.fd == from && $0.revents != 0 }) {
                let count = recv(from, &buffer, buffer.count, 0)
                guard count > 0, send(other, buffer, count, Int32(MSG_NOSIGNAL)) == count else { return }
            }
        }
    }
}
