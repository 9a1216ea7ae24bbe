import SigV4

/// The parameters of an action in AWS's query protocol, in the order they are sent.
///
/// https://smithy.io/2.0/aws/protocols/aws-query-protocol.html
struct QueryParameters: Hashable, Sendable {
    private var pairs: [NamedValue] = []

    /// Adds one value; nothing for nil.
    mutating func add(_ name: String, _ value: String?) {
        if let value { pairs.append(NamedValue(name, value)) }
    }

    /// Adds one number; nothing for nil.
    mutating func add(_ name: String, _ value: Int?) { add(name, value.map(String.init)) }

    /// Adds a list, as `NAME.member.1` and so on; nothing for an empty one.
    mutating func add(_ name: String, list: [String]) {
        for (index, value) in list.enumerated() { add("\(name).member.\(index + 1)", value) }
    }

    /// The content of a request, as `application/x-www-form-urlencoded`.
    func body(of action: String, version: String) -> [UInt8] {
        let head = [NamedValue("Action", action), NamedValue("Version", version)]
        return Array(URIEncoding.query(head + pairs).utf8)
    }
}
