import CCrypto
import Glibc

/// Where this machine keeps the certificates of the authorities it trusts, as OpenSSL finds them
/// (`SSL_CTX_set_default_verify_paths(3)`): named in the environment, else built in.
///
/// libmariadb asks OpenSSL for the same where nobody names a file or a folder. But 3.4 then takes a self-signed
/// certificate too, when the login itself proves it, after user name and scramble have left (tried on 3.4.10 with
/// MariaDB 11.8.9); named, they are what it verifies by.
enum SystemAuthorities {
    /// One file with all of them; nil where there is none, which libmariadb would take for an error.
    static var file: String? {
        let path = named("SSL_CERT_FILE") ?? builtInFile
        return unsafe access(path, R_OK) == 0 ? path : nil
    }

    /// The folder with a file for each, under its hash; one that does not exist holds none, so nobody is trusted.
    static var folder: String { named("SSL_CERT_DIR") ?? builtInFolder }

    private static let builtInFile = unsafe String(cString: X509_get_default_cert_file())
    private static let builtInFolder = unsafe String(cString: X509_get_default_cert_dir())

    /// What the environment names; nil where it names nothing.
    private static func named(_ name: String) -> String? {
        unsafe getenv(name).map { unsafe String(cString: $0) }
    }
}
