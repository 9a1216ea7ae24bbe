import CCrypto

/// The two functions of libcrypto that signing needs.
///
/// Both fail only where libcrypto's own configuration or the memory does.
enum Libcrypto {
    /// The 32 bytes of SHA-256 over `bytes`.
    ///
    /// Source: https://docs.openssl.org/3.0/man3/EVP_DigestInit/.
    static func sha256(_ bytes: [UInt8]) throws(SigningError) -> [UInt8] {
        var digest = [UInt8](repeating: 0, count: sha256Size)
        guard unsafe EVP_Digest(bytes, bytes.count, &digest, nil, EVP_sha256(), nil) == 1 else {
            throw failure("SHA-256")
        }
        return digest
    }

    /// The 32 bytes of HMAC-SHA-256 over `message`.
    ///
    /// Source: https://docs.openssl.org/3.0/man3/HMAC/.
    static func hmacSHA256(_ message: [UInt8], key: [UInt8]) throws(SigningError) -> [UInt8] {
        var code = [UInt8](repeating: 0, count: sha256Size)
        guard let keySize = Int32(exactly: key.count),
            unsafe HMAC(EVP_sha256(), key, keySize, message, message.count, &code, nil) != nil
        else { throw failure("HMAC-SHA-256") }
        return code
    }

    private static let sha256Size = 32

    /// Reads the oldest error of this thread, and clears the rest.
    private static func failure(_ operation: String) -> SigningError {
        // libcurl's TLS on this thread would take what is left in the queue for its own (SSL_get_error(3)).
        let code = ERR_get_error()
        ERR_clear_error()
        var text = [CChar](repeating: 0, count: 256)
        unsafe ERR_error_string_n(code, &text, text.count)
        let reason = String(
            decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) },
            as: UTF8.self
        )
        return .libcrypto(operation: operation, reason: reason)
    }
}
