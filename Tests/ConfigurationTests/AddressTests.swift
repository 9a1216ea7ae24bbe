import Configuration
import Testing

@Suite struct AddressTests {
    typealias TLS = DaemonConfiguration.Server.TLS

    private func files(_ lines: String, defaults: String = "") -> FakeFiles {
        FakeFiles(
            """
            mode = "observe"
            [defaults]
            user = "watch"
            \(defaults)
            [[server]]
            name = "orders"
            \(lines)
            """
        )
    }

    @Test(
        arguments: [
            ("host = \"db.example.com\"", "db.example.com:3306", .verifyIdentity(authorities: nil)),
            ("host = \"10.0.0.1\"\nport = 1", "10.0.0.1:1", .verifyIdentity(authorities: nil)),
            ("host = \"2001:db8::1\"", "[2001:db8::1]:3306", .verifyIdentity(authorities: nil)),
            ("host = \"localhost\"", "localhost:3306", .disabled),
            ("host = \"LOCALHOST\"", "LOCALHOST:3306", .disabled),
            ("host = \"127.0.0.1\"", "127.0.0.1:3306", .disabled),
            ("host = \"127.255.0.9\"", "127.255.0.9:3306", .disabled),
            ("host = \"128.0.0.1\"", "128.0.0.1:3306", .verifyIdentity(authorities: nil)),
            ("host = \"::1\"", "[::1]:3306", .disabled),
            ("host = \"::ffff:127.0.0.1\"", "[::ffff:127.0.0.1]:3306", .disabled),
            ("host = \"::2\"", "[::2]:3306", .verifyIdentity(authorities: nil)),
            (
                "host = \"localhost.example.com\"", "localhost.example.com:3306",
                .verifyIdentity(authorities: nil)
            ),
            ("socket = \"/run/my.sock\"", "/run/my.sock", .disabled),
            (
                "host = \"127.0.0.1\"\ntls = { mode = \"verify-identity\" }", "127.0.0.1:3306",
                .verifyIdentity(authorities: nil)
            ),
            ("host = \"db\"\ntls = { mode = \"disabled\" }", "db:3306", .disabled),
            (
                "host = \"db\"\n[server.tls]\nmode = \"verify-identity\"\nca = \"/ca.pem\"", "db:3306",
                .verifyIdentity(authorities: "/ca.pem")
            ),
        ] as [(String, String, TLS)]
    )
    func `TLS is off only on this machine`(_ lines: String, _ address: String, _ tls: TLS) throws {
        let server = try #require(try files(lines).load().servers.first)
        #expect(server.address.description == address)
        #expect(server.tls == tls)
    }

    @Test func `defaults give port and TLS, but none of these to a socket`() throws {
        let defaults = "port = 3307\ntls = { mode = \"verify-identity\", ca = \"ca.pem\" }"
        let remote = try #require(try files("host = \"db\"", defaults: defaults).load().servers.first)
        #expect(remote.address == .tcp(host: "db", port: 3307))
        #expect(remote.tls == .verifyIdentity(authorities: "/etc/hostcached/ca.pem"))
        let local = try #require(try files("socket = \"/s\"", defaults: defaults).load().servers.first)
        #expect(local.address == .socket(path: "/s"))
        #expect(local.tls == .disabled)
    }

    @Test(
        arguments: [
            ("", 5, "host: is missing; give host or socket"),
            ("host = \"db\"\nsocket = \"/s\"", 8, "socket: does not go with host; remove one of them"),
            ("socket = \"/s\"\nport = 3306", 8, "port: does not go with socket; remove one of them"),
            ("socket = \"s\"", 7, "socket: \"s\" is not an absolute path"),
            (
                "host = \"db:3306\"", 7,
                "host: \"db:3306\" is neither a host name nor an IP address; "
                    + "port, user and password have keys of their own"
            ),
            (
                "host = \"[::1]\"", 7,
                "host: \"[::1]\" is neither a host name nor an IP address; "
                    + "port, user and password have keys of their own"
            ),
            // It may hold a password, so it is not shown.
            (
                "host = \"mysql://watch:S3cret@db:3306\"", 7,
                "host: a text with an \"@\" in it is neither a host name nor an IP address; "
                    + "port, user and password have keys of their own"
            ),
            ("host = \"\"", 7, "host: must not be empty"),
            ("host = \"d\\u0000b\"", 7, "host: \"d\\0b\" has a control character in it"),
            (
                "socket = \"/s\"\ntls = { mode = \"verify-identity\" }", 8,
                "tls: a socket has no TLS and needs none; remove tls"
            ),
            (
                "host = \"db\"\ntls = { mode = \"verify-ca\" }", 8,
                "tls.mode: \"verify-ca\" is not possible: libmariadb checks the name along with the "
                    + "certificate; use verify-identity"
            ),
            (
                "host = \"db\"\ntls = { mode = \"fingerprint\" }", 8,
                "tls.fingerprint: is missing: \(Self.fingerprintCommand)"
            ),
            (
                "host = \"db\"\ntls = { mode = \"verify-identity\", fingerprint = \"\(Self.digits)\" }", 8,
                "tls.fingerprint: has no effect with mode = \"verify-identity\"; remove one of them"
            ),
            (
                "host = \"db\"\ntls = { mode = \"fingerprint\", fingerprint = \"\(Self.digits)\", ca = \"x\" }",
                8, "tls.ca: has no effect with mode = \"fingerprint\"; remove one of them"
            ),
            (
                "host = \"db\"\ntls = { mode = \"require\" }", 8,
                "tls.mode: \"require\" is not one of disabled, verify-identity, fingerprint"
            ),
            (
                "host = \"db\"\ntls = {}", 8,
                "tls.mode: is missing (disabled, verify-identity or fingerprint)"
            ),
            (
                "host = \"db\"\ntls = { mode = \"verify-identity\", caa = \"x\" }", 8,
                "tls.caa: unknown key, did you mean ca?"
            ),
            (
                "host = \"db\"\ntls = { mode = \"disabled\", ca = \"x\" }", 8,
                "tls.ca: has no effect with mode = \"disabled\"; remove one of them"
            ),
            (
                "host = \"db\"\ntls = \"disabled\"", 8,
                "tls: must be a table such as { mode = \"verify-identity\" }, not a string"
            ),
        ] as [(String, Int, String)]
    )
    func `says what is wrong with an address`(_ lines: String, _ line: Int, _ message: String) {
        #expect(files(lines).problems() == ["hostcached.toml:\(line): server \"orders\": \(message)"])
    }

    private static let digits = "0123456789abcdef0123456789ABCDEF01234567"
    private static let fingerprintCommand =
        "on the server's machine, openssl x509 -noout -fingerprint -sha1 -in FILE prints its certificate's"

    @Test(
        arguments: [
            digits,
            "01:23:45:67:89:AB:CD:EF:01:23:45:67:89:ab:cd:ef:01:23:45:67",
        ]
    )
    func `a fingerprint is read with colons and without`(_ text: String) throws {
        let lines = "host = \"db\"\ntls = { mode = \"fingerprint\", fingerprint = \"\(text)\" }"
        let server = try #require(try files(lines).load().servers.first)
        #expect(server.tls == .fingerprint("0123456789abcdef0123456789abcdef01234567"))
    }

    @Test(
        arguments: [
            "abc", String(digits.dropLast()), digits + "0", "g" + digits.dropFirst(), ":" + digits,
            // SHA-256, which libmariadb 3.3 compares with nothing.
            String(repeating: "0a", count: 32),
            "012:3:45:67:89:AB:CD:EF:01:23:45:67:89:ab:cd:ef:01:23:45:67",
        ]
    )
    func `no other text is a fingerprint`(_ text: String) {
        let lines = "host = \"db\"\ntls = { mode = \"fingerprint\", fingerprint = \"\(text)\" }"
        let message =
            "\"\(text)\" is not a SHA-1 fingerprint of 40 hexadecimal digits, the only kind that "
            + "libmariadb 3.3 compares: \(Self.fingerprintCommand)"
        #expect(
            files(lines).problems() == ["hostcached.toml:8: server \"orders\": tls.fingerprint: \(message)"]
        )
    }
}
