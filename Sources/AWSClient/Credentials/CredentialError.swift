/// Why a source gave no credentials.
package struct CredentialError: Error, Hashable, Sendable {
    /// Which source, such as "environment".
    package let source: String
    /// False when it is set up wrongly or failed: then no other source may step in for it.
    package let isNotConfigured: Bool
    /// What is missing or wrong, and what to do; never a secret.
    package let message: String

    package init(source: String, isNotConfigured: Bool, message: String) {
        self.source = source
        self.isNotConfigured = isNotConfigured
        self.message = message
    }
}

extension CredentialError: CustomStringConvertible {
    package var description: String { "no credentials from the \(source): \(message)" }
}
