import Glibc

/// The password exchanges that a server may ask for, by what protects the connection.
///
/// Never allowed are `dialog` and `mysql_old_password`. Some depend on the connection:
///
/// - `mysql_clear_password`, which libmariadb answers to any server, TLS or not: only where the server has
///   proved by a certificate for its name who it is.
/// - `caching_sha2_password` and `sha256_password`: without TLS libmariadb encrypts the password with a key
///   that the server sends (`caching_sha2_pw.c`), so somebody in between can send another key and read it.
///   Not in plain text, then, unless the traffic stays on this machine.
///
/// The others never send anything that gives the password away.
struct LoginMethods {
    /// For `MARIADB_OPT_RESTRICTED_AUTH`.
    ///
    /// libmariadb looks for the name that the server asks for *inside* this text (`strstr` in `my_auth.c`),
    /// so fragments such as "password" pass too: they are names of no plugin, and a name with a comma or
    /// slash is never loaded (`mysql_load_plugin_v`).
    let allowed: String

    /// What to begin with instead of the server's default; nil for that.
    ///
    /// libmariadb gives up where the server's default is not allowed, although the account may have another
    /// method, which the server asks for only afterwards.
    let first: String?

    /// Chooses for one connect.
    init(for endpoint: Endpoint) {
        let harmless = "mysql_native_password,client_ed25519,parsec"
        let keyed = "caching_sha2_password,sha256_password"
        switch endpoint.tls {
        case .disabled where endpoint.address.staysOnThisMachine:
            (allowed, first) = ("\(harmless),\(keyed)", nil)
        case .disabled:
            (allowed, first) = (harmless, "mysql_native_password")
        case .verifyIdentity:
            (allowed, first) = ("\(harmless),\(keyed),mysql_clear_password", nil)
        case .fingerprint:
            (allowed, first) = ("\(harmless),\(keyed)", nil)
        }
    }
}

extension Endpoint.Address {
    /// Whether nobody else can get in between: a socket, 127.0.0.0/8, ::1 or "localhost".
    fileprivate var staysOnThisMachine: Bool {
        guard case .tcp(let host, _) = self else { return true }
        var four = in_addr()
        var six = in6_addr()
        if unsafe inet_pton(AF_INET, host, &four) == 1 {
            return UInt32(bigEndian: four.s_addr) >> 24 == 127
        }
        if unsafe inet_pton(AF_INET6, host, &six) == 1 {
            return unsafe withUnsafeBytes(of: six) { unsafe $0.elementsEqual(Self.loopback6) }
        }
        return host.lowercased() == "localhost"
    }

    private static let loopback6 = [UInt8](repeating: 0, count: 15) + [1]
}
