/// Percent-encoding as AWS wants it: every byte of the UTF-8 form but RFC 3986's unreserved characters.
///
/// Source: RFC 3986 section 2.3, and "URI-encode" in
/// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html. It differs
/// from HTML forms: a space is `%20`, `+` is `%2B`, `*` is `%2A`.
package enum URIEncoding {
    /// Encodes a name or a value, `/` included.
    package static func encode(_ text: String) -> String {
        encode(text.utf8, keepingSlashes: false)
    }

    /// Encodes a path, `/` not included.
    package static func encodePath(_ path: String) -> String {
        encode(path.utf8, keepingSlashes: true)
    }

    /// Encodes `parameters` in the given order: `Action=connect&DBUser=app%20user`.
    ///
    /// Good for a query and for a form body alike; an empty value keeps its `=`.
    package static func query(_ parameters: [NamedValue]) -> String {
        parameters.map { "\(encode($0.name))=\(encode($0.value))" }.joined(separator: "&")
    }

    private static func encode(_ bytes: String.UTF8View, keepingSlashes: Bool) -> String {
        var encoded: [UInt8] = []
        encoded.reserveCapacity(bytes.count)
        for byte in bytes {
            if isUnreserved(byte) || keepingSlashes && byte == UInt8(ascii: "/") {
                encoded.append(byte)
            } else {
                encoded += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            }
        }
        return String(decoding: encoded, as: UTF8.self)
    }

    private static func isUnreserved(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."),
            UInt8(ascii: "_"), UInt8(ascii: "~"):
            true
        default:
            false
        }
    }

    private static let digits = Array("0123456789ABCDEF".utf8)
}
