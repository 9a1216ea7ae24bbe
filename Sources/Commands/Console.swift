import FoundationEssentials
import Glibc
import SystemdSupport

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

    /// Writes the problems that keep a command from beginning, each line as critical where it goes to the journal.
    static func problem(_ text: String) {
        let format = LogFormat.choose(.text, environment: environment, descriptor: STDERR_FILENO)
        guard format == .journal else { return message(text) }
        message(text.split(separator: "\n").map { "<2>" + $0 }.joined(separator: "\n"))
    }

    /// The environment this process was started with.
    static var environment: [String: String] { ProcessInfo.processInfo.environment }
}
