/// A whole answer, of any status.
package struct HTTPResponse: Hashable, Sendable {
    /// A header of an answer.
    package struct Header: Hashable, Sendable {
        package let name: String
        package let value: String

        package init(_ name: String, _ value: String) {
            self.name = name
            self.value = value
        }
    }

    /// From 100 to 999.
    package let status: Int
    /// In the order they came.
    package let headers: [Header]
    package let body: [UInt8]

    package init(status: Int, headers: [Header], body: [UInt8]) {
        self.status = status
        self.headers = headers
        self.body = body
    }

    /// The first value under `name`, which is compared without regard to case; nil when there is none.
    package subscript(header name: String) -> String? {
        headers.first { $0.name.lowercased() == name.lowercased() }?.value
    }
}

extension HTTPResponse: CustomStringConvertible, CustomDebugStringConvertible {
    /// Status and size; the content may be a secret.
    package var description: String { "HTTP \(status), \(body.count) bytes" }
    package var debugDescription: String { description }
}
