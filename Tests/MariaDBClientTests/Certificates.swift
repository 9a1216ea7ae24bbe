import Glibc

/// Two certificate authorities and a server certificate for "localhost" from the first, in a temporary folder.
final class Certificates: Sendable {
    struct Failed: Error {}

    private let folder: String

    /// The authority that signed the server's certificate.
    var authority: String { "\(folder)/ca.pem" }

    /// An authority that signed nothing.
    var stranger: String { "\(folder)/other.pem" }

    /// What a server needs to offer TLS with the certificate.
    var serverOptions: [String] {
        ["--ssl-ca=\(authority)", "--ssl-cert=\(folder)/server.pem", "--ssl-key=\(folder)/server.key"]
    }

    init() throws {
        var template = Array("/tmp/hostcached-certificates-XXXXXX\0".utf8CString)
        guard mkdtemp(&template) != nil else { throw Failed() }
        folder = String(decoding: template.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
        let key = "-newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -batch -days 2"
        // Readable for all: the server may run as somebody else.
        let script = """
            set -e; cd \(folder); chmod 755 .
            openssl req -x509 \(key) -subj /CN=authority -keyout ca.key -out ca.pem
            openssl req -x509 \(key) -subj /CN=stranger -keyout other.key -out other.pem
            openssl req -x509 \(key) -subj /CN=localhost -addext subjectAltName=DNS:localhost \
              -addext basicConstraints=critical,CA:FALSE -CA ca.pem -CAkey ca.key \
              -keyout server.key -out server.pem
            chmod 644 *
            """
        guard system("( \(script) ) >/dev/null 2>&1") == 0 else { throw Failed() }
    }

    deinit { system("rm -rf '\(folder)'") }
}
