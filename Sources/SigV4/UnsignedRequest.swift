/// A request before it is signed: what stays the same when it is sent again.
package struct UnsignedRequest: Hashable, Sendable {
    /// In capitals.
    package let method: String

    /// The path as it is sent, percent-encoded where it needs to be, without the query; empty means `/`.
    package let path: String

    /// The parameters of the query, not encoded, in the order in which they are sent.
    package let query: [NamedValue]

    /// The headers that are sent; all are signed but those that may change on the way.
    ///
    /// `Host` must be among them exactly as it is sent, with the port if that is not the scheme's own.
    /// A header given more than once keeps all its values, in order.
    package let headers: [NamedValue]

    /// The bytes that are sent, after any encoding.
    package let body: [UInt8]

    /// Puts the parts together.
    package init(
        method: String,
        path: String,
        query: [NamedValue],
        headers: [NamedValue],
        body: [UInt8]
    ) {
        self.method = method
        self.path = path
        self.query = query
        self.headers = headers
        self.body = body
    }
}
