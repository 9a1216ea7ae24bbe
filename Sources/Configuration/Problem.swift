/// One thing that is wrong with the configuration.
///
/// Prints as `/etc/hostcached/hostcached.toml:12: server "orders": check_interval: …`.
package struct Problem: Hashable, Sendable {
    /// The path of the file as it was opened.
    package let file: String
    /// From 1; nil when the file as a whole is meant, a missing key for example.
    package let line: Int?
    /// Table and key, such as `metrics.file` or `server "orders": tls.mode`; empty for the whole file.
    package let keyPath: String
    /// What is wrong and what to do, lower case, without a full stop.
    ///
    /// Never a secret.
    package let message: String

    package init(file: String, line: Int?, keyPath: String, message: String) {
        self.file = file
        self.line = line
        self.keyPath = keyPath
        self.message = message
    }
}

extension Problem: CustomStringConvertible {
    package var description: String {
        let place = line.map { "\(file):\($0)" } ?? file
        return keyPath.isEmpty ? "\(place): \(message)" : "\(place): \(keyPath): \(message)"
    }
}
