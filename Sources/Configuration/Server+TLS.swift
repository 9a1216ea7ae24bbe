extension DaemonConfiguration.Server.TLS {
    private enum Mode: String, CaseIterable {
        case disabled
        case verifyIdentity = "verify-identity"
        case fingerprint
    }

    /// Reads the key `tls`; nil when it is missing or wrong.
    init?(_ outer: inout SectionReader, paths: ReferencedPaths) {
        guard let section = outer.table("tls", such: "{ mode = \"verify-identity\" }") else { return nil }
        var reader = SectionReader(section)
        let tls = Self.read(&reader, paths: paths)
        reader.refuseUnknownKeys()
        outer.include(reader.problems)
        guard let tls else { return nil }
        self = tls
    }

    private static func read(_ reader: inout SectionReader, paths: ReferencedPaths) -> Self? {
        let authorities = reader.string("ca").map { paths.besideConfiguration($0) }
        let fingerprint = fingerprint(&reader)
        guard reader.has("mode") else {
            reader.report("mode", "is missing (disabled, verify-identity or fingerprint)")
            return nil
        }
        // libmariadb checks the name along with the certificate: it has no way to check only one of them.
        if reader.section.settings["mode"]?.value == .string("verify-ca") {
            _ = reader.setting("mode")
            reader.report(
                "mode",
                "\"verify-ca\" is not possible: libmariadb checks the name along with the certificate; "
                    + "use verify-identity"
            )
            return nil
        }
        guard let mode = reader.choice("mode", of: Mode.self) else { return nil }
        for (key, its) in [("ca", Mode.verifyIdentity), ("fingerprint", .fingerprint)] where mode != its {
            if reader.has(key) {
                reader.report(key, "has no effect with mode = \"\(mode.rawValue)\"; remove one of them")
            }
        }
        switch mode {
        case .disabled: return .disabled
        case .verifyIdentity: return .verifyIdentity(authorities: authorities)
        case .fingerprint:
            if !reader.has("fingerprint") {
                reader.report("fingerprint", "is missing: \(howToGetIt)")
            }
            return fingerprint.map { .fingerprint($0) }
        }
    }

    private static let howToGetIt =
        "on the server's machine, openssl x509 -noout -fingerprint -sha1 -in FILE prints its certificate's"

    /// 40 digits, or 20 pairs with colons as `openssl` prints them.
    private static func fingerprint(_ reader: inout SectionReader) -> String? {
        guard let text = reader.string("fingerprint") else { return nil }
        let pairs = text.utf8.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
        let isInPairs = pairs.count == 20 && pairs.allSatisfy { $0.count == 2 }
        let digits = text.filter { $0 != ":" }
        guard digits.utf8.allSatisfy(isHexadecimal), digits.utf8.count == 40, isInPairs || pairs.count == 1
        else {
            // libmariadb 3.3 compares no other hash (`ma_pvio_tls_compare_fp` in `ma_tls.c`).
            reader.report(
                "fingerprint",
                "\"\(text)\" is not a SHA-1 fingerprint of 40 hexadecimal digits, the only kind that "
                    + "libmariadb 3.3 compares: \(howToGetIt)"
            )
            return nil
        }
        return digits.lowercased()
    }

    private static func isHexadecimal(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "f"),
            UInt8(ascii: "A")...UInt8(ascii: "F"):
            true
        default: false
        }
    }
}
