package import Secrets

/// One request, complete: nothing is added to it but the content's length and a user agent.
package struct HTTPRequest: Hashable, Sendable {
    /// A header of a request; the value may be a signature or a token, so no text shows it.
    package struct Header: Hashable, Sendable {
        package let name: String
        package let value: Secret<String>

        package init(_ name: String, _ value: Secret<String>) {
            self.name = name
            self.value = value
        }
    }

    /// Such as "GET" or "POST".
    package var method: String
    package var endpoint: EndpointURL
    /// Starts with a slash, is percent-encoded and includes the query, if any.
    package var path: String
    package var headers: [Header]
    package var body: [UInt8]

    package init(method: String, endpoint: EndpointURL, path: String, headers: [Header], body: [UInt8]) {
        self.method = method
        self.endpoint = endpoint
        self.path = path
        self.headers = headers
        self.body = body
    }
}

extension HTTPRequest: CustomStringConvertible, CustomDebugStringConvertible {
    /// The method and where it goes; neither headers, query nor body, which may hold secrets.
    package var description: String { "\(method) \(endpoint)\(path.prefix { $0 != "?" })" }
    package var debugDescription: String { description }
}
