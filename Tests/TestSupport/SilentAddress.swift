import Glibc

/// A port on a loopback address where nobody answers: connects to it hang, as into a network that drops them.
///
/// Linux drops what comes to a listener whose queue is full (`tcp_abort_on_overflow` is off).
package final class SilentAddress: Sendable {
    private let descriptors: [Int32]

    /// Takes the port; throws ``ServerError`` where it cannot be had.
    package init(_ address: String, port: UInt16) throws(ServerError) {
        let place = SocketAddress(address, port: port)
        let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        guard place.withPointer({ bind(listener, $0, $1) }) == 0, listen(listener, 0) == 0 else {
            throw ServerError("no silent port \(port) on \(address): \(String(cString: strerror(errno)))")
        }
        // More than the queue takes, which is one.
        let fillers = (1...3).map { _ in
            let filler = socket(
                AF_INET,
                Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue),
                0
            )
            _ = place.withPointer { connect(filler, $0, $1) }
            return filler
        }
        descriptors = [listener] + fillers
    }

    deinit { for descriptor in descriptors { close(descriptor) } }
}
