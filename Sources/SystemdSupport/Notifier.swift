/// Tells systemd how the service is doing, by the protocol of sd_notify(3) without libsystemd.
///
/// A datagram to the socket that `NOTIFY_SOCKET` names; does nothing when that is unset or empty. A failure
/// is thrown to the caller, who logs it and goes on: a service that cannot report can still do its work.
package struct Notifier: Sendable {
    /// One assignment of sd_notify(3).
    package enum Message: Hashable, Sendable {
        /// The service has started, or finished reloading.
        case ready
        /// The service is shutting down.
        case stopping
        /// The service reads its configuration again, since that time of CLOCK_MONOTONIC.
        case reloading(monotonicMicroseconds: UInt64)
        /// What `systemctl status` shows, one line: control characters become spaces.
        case status(String)
        /// The service is alive.
        case watchdog
        /// Starting, stopping or reloading takes that much longer from now; below 0 counts as 0.
        case extendTimeout(Duration)
    }

    private let address: UnixAddress?
    private let sendTimeout: Duration

    /// Reads where to send to.
    ///
    /// - Parameters:
    ///   - environment: The process's, for `NOTIFY_SOCKET`: an absolute path, or `@` and an abstract name.
    ///   - sendTimeout: The longest that one message waits for room in systemd's queue; at least 1 µs.
    /// - Throws: `SystemdError.unusableAddress` for any other value, such as `vsock:`.
    package init(environment: [String: String], sendTimeout: Duration) throws(SystemdError) {
        self.sendTimeout = sendTimeout
        guard let value = environment["NOTIFY_SOCKET"], !value.isEmpty else {
            address = nil
            return
        }
        guard let address = UnixAddress(value) else { throw .unusableAddress(value) }
        self.address = address
    }

    /// Whether there is anybody to tell.
    package var isActive: Bool { address != nil }

    /// Sends the messages as one datagram.
    ///
    /// Blocks for up to the timeout given at start.
    ///
    /// - Parameter messages: In the order in which systemd shall read them.
    /// - Throws: `SystemdError.sendFailed`.
    package func send(_ messages: Message...) throws(SystemdError) {
        try send(messages)
    }

    /// Sends the messages as one datagram; the same for a list.
    package func send(_ messages: [Message]) throws(SystemdError) {
        guard let address else { return }
        let text = messages.map(\.assignments).joined(separator: "\n")
        try address.send(Array(text.utf8), timeout: sendTimeout)
    }
}

extension Notifier.Message {
    fileprivate var assignments: String {
        switch self {
        case .ready: "READY=1"
        case .stopping: "STOPPING=1"
        case .reloading(let microseconds): "RELOADING=1\nMONOTONIC_USEC=\(microseconds)"
        // A newline would start an assignment of its own, and an escape would reach somebody's terminal.
        case .status(let text): "STATUS=\(text.onOneLine)"
        case .watchdog: "WATCHDOG=1"
        case .extendTimeout(let duration): "EXTEND_TIMEOUT_USEC=\(duration.wholeMicroseconds)"
        }
    }
}
