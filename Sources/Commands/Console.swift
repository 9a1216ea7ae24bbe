import FoundationEssentials
import Glibc

/// Where commands write: results to standard output, messages to standard error.
enum Console {
    /// Writes a result and its newline.
    static func result(_ text: String) {
        print(text)
    }

    /// Writes a message and its newline.
    static func message(_ text: String) {
        // A message that cannot be written has nowhere else to go.
        _ = "\(text)\n".withCString { write(STDERR_FILENO, $0, strlen($0)) }
    }

    /// The environment this process was started with.
    static var environment: [String: String] { ProcessInfo.processInfo.environment }
}
