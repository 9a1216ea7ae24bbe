extension DaemonConfiguration.Server.TLS {
    private enum Mode: String, CaseIterable {
        case disabled
        case verifyIdentity = "verify-identity"
    }

    /// Reads the key `tls`; nil when it is missing or wrong.
    init?(_ outer: inout SectionReader, paths: ReferencedPaths) {
        guard let section = outer.table("tls", such: "{ mode = \"verify-identity\" }") else { return nil }
        var reader = SectionReader(section)
        let tls = Self.read(&reader, paths: paths)
        reader.refuse(["fingerprint"], "not available in this version")
        reader.refuseUnknownKeys()
        outer.include(reader.problems)
        guard let tls else { return nil }
        self = tls
    }

    private static func read(_ reader: inout SectionReader, paths: ReferencedPaths) -> Self? {
        let authorities = reader.string("ca").map { paths.besideConfiguration($0) }
        guard reader.has("mode") else {
            reader.report("mode", "is missing (disabled or verify-identity)")
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
        switch reader.choice("mode", of: Mode.self, later: ["fingerprint"]) {
        case .disabled:
            if reader.has("ca") {
                reader.report("ca", "has no effect with mode = \"disabled\"; remove one of them")
            }
            return .disabled
        case .verifyIdentity:
            return .verifyIdentity(authorities: authorities)
        case nil:
            return nil
        }
    }
}
