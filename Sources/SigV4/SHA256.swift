/// SHA-256 as text.
package enum SHA256 {
    /// The digest of `bytes` as 64 lower-case hexadecimal digits.
    package static func hex(_ bytes: [UInt8]) throws(SigningError) -> String {
        try Libcrypto.sha256(bytes).hex
    }
}

extension [UInt8] {
    /// Two lower-case digits a byte.
    var hex: String {
        let digits = [UInt8]("0123456789abcdef".utf8)
        return String(decoding: flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }
}
