/// The headers as they are signed: lower-case names in the order of their bytes, tidy values.
///
/// Source: "Canonical headers" in
/// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html.
struct CanonicalHeaders {
    private let values: [(name: String, joined: String)]

    /// Leaves out what is never signed, and joins the values of a repeated header by commas in their order.
    init(_ headers: [NamedValue]) {
        var values: [String: [String]] = [:]
        for header in headers {
            let name = header.name.lowercased()
            guard !Self.mayChange(name) else { continue }
            values[name, default: []].append(Self.tidy(header.value))
        }
        self.values = values.map { (name: $0.key, joined: $0.value.joined(separator: ",")) }
            .sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
    }

    /// The names alone: `content-type;host;x-amz-date`.
    var names: String { values.map(\.name).joined(separator: ";") }

    /// A line a header, each with its line break.
    var text: String { values.map { "\($0.name):\($0.joined)\n" }.joined() }

    /// Whether the header of this lower-case name is among them.
    func contain(_ name: String) -> Bool {
        values.contains { $0.name == name }
    }

    /// Trims blanks and makes one space of those inside, line breaks included.
    private static func tidy(_ value: String) -> String {
        value.utf8.split { $0 == 0x20 || (0x09...0x0D).contains($0) }
            .map { String(decoding: $0, as: UTF8.self) }
            .joined(separator: " ")
    }

    /// Whether a proxy or the HTTP client may add or change the header, which would break the signature.
    private static func mayChange(_ name: String) -> Bool {
        changing.contains(name) || name.hasPrefix("proxy-")
    }

    private static let changing: Set<String> = [
        "authorization", "baggage", "connection", "expect", "keep-alive", "te", "traceparent", "tracestate",
        "trailer", "transfer-encoding", "upgrade", "user-agent", "x-amzn-trace-id",
    ]
}
