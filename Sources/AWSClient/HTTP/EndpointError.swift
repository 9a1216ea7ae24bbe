/// Why a text is no endpoint.
package struct EndpointError: Error, Hashable, Sendable {
    /// The text, without what may be a user name and password.
    package let text: String
    /// What is wrong with it.
    package let reason: String

    init(_ text: String, _ reason: String) {
        // A password in a URL stands before the last "@".
        self.text = text.lastIndex(of: "@").map { "…\(text[$0...])" } ?? text
        self.reason = reason
    }
}

extension EndpointError: CustomStringConvertible {
    package var description: String {
        "\"\(text)\" is no endpoint: \(reason) (example: https://elasticloadbalancing.us-east-1.amazonaws.com)"
    }
}
