import Glibc

/// Why systemd could not be told something, or what it said could not be understood.
package enum SystemdError: Error, Hashable, Sendable {
    /// `NOTIFY_SOCKET` is neither an absolute path nor an abstract name, or is too long.
    case unusableAddress(String)
    /// The datagram was not taken; `code` is an error number of errno(3), EAGAIN when time ran out.
    case sendFailed(to: String, code: Int32)
    /// A variable of the watchdog is not the number that systemd promises.
    case unreadable(variable: String, value: String)
}

extension SystemdError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .unusableAddress(let value):
            "cannot notify systemd: NOTIFY_SOCKET is \"\(value)\", neither an absolute path nor @ and a name; "
                + "unset it, or start hostcached from its unit"
        case .sendFailed(let address, let code):
            "cannot notify systemd at \(address): \(Self.text(of: code)) (errno \(code)); "
                + "systemctl status may be out of date"
        case .unreadable(let variable, let value):
            "cannot read \(variable)=\"\(value)\": not a number; unset it, or start hostcached from its unit"
        }
    }

    /// The sentence of strerror(3), by its thread-safe form.
    private static func text(of code: Int32) -> String {
        var buffer = [CChar](repeating: 0, count: 256)
        guard strerror_r(code, &buffer, buffer.count) == 0 else { return "unknown error" }
        return buffer.withUnsafeBufferPointer { characters in
            String(decoding: characters.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
        }
    }
}
