import SigV4
import Testing

/// A request as it goes over the wire, read by other code than that under test.
struct RequestText {
    let method: String
    let path: String
    let query: [NamedValue]
    let headers: [NamedValue]
    let body: [UInt8]

    /// Reads a head, an empty line and a body of the length that `Content-Length` gives.
    init(_ text: String) throws {
        let parts = text.split(separator: "\n\n", maxSplits: 1, omittingEmptySubsequences: false)
        // A line that begins with a blank continues the one before.
        let lines = parts[0].replacing("\n ", with: " ").split(separator: "\n")
        // The target of some vectors holds blanks.
        let words = try #require(lines.first).split(separator: " ")
        let target = words.dropFirst().prefix { !$0.hasPrefix("HTTP/1") }.joined(separator: " ")
        let origin = target.hasPrefix("http://") ? target.dropFirst("http://".count) : target[...]
        let host = origin.prefix { $0 != "/" }
        let split = origin.dropFirst(host.count).split(separator: "?", maxSplits: 1)
        method = String(words[0])
        path = String(try #require(split.first))
        query = try Self.parameters(split.dropFirst().first ?? "")
        var headers = host.isEmpty ? [] : [NamedValue("Host", String(host))]
        for line in lines.dropFirst() {
            let colon = try #require(line.firstIndex(of: ":"))
            let value = line[line.index(after: colon)...]
            headers.append(NamedValue(String(line[..<colon]), String(value.drop { $0 == " " })))
        }
        self.headers = headers
        let length = headers.first { $0.name.lowercased() == "content-length" }.flatMap { Int($0.value) }
        body = Array((parts.dropFirst().first ?? "").utf8.prefix(length ?? 0))
        try #require(body.count == length ?? 0)
    }

    /// The value of the header `name`, given in small letters.
    func header(_ name: String) -> String? {
        headers.first { $0.name.lowercased() == name }?.value
    }

    /// Reads `a=b&c=%20`.
    static func parameters(_ text: some StringProtocol) throws -> [NamedValue] {
        try text.split(separator: "&").map { parameter in
            let parts = parameter.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            return NamedValue(try decoded(parts[0]), try decoded(parts.dropFirst().first ?? ""))
        }
    }

    private static func decoded(_ text: some StringProtocol) throws -> String {
        var bytes: [UInt8] = []
        var rest = text.utf8[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "%") else {
                bytes.append(byte)
                continue
            }
            bytes.append(try #require(UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16)))
            rest = rest.dropFirst(2)
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
