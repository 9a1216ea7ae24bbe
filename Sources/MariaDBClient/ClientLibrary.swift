import CMariaDB
import Glibc

/// What has to be true of libmariadb before its first use in the process.
///
/// `mysql_init` initializes the library once, by itself; `mysql_thread_init` and `mysql_thread_end` do
/// nothing (`mariadb_lib.c`), so no thread needs to announce itself. The initialization also calls
/// `signal(SIGPIPE, SIG_IGN)` for the whole process, and TLS needs that: OpenSSL writes to a socket
/// that the server, or ``Interrupter``, has shut.
package enum ClientLibrary {
    /// Environment variables that must not steer a privileged daemon.
    ///
    /// The first is a list of plugins to load at the start and the second a folder to load any plugin from
    /// (`ma_client_plugin.c`); the third turns certificate checks off, even explicit ones (3.4,
    /// `ma_tls.c`). `MYSQL_PWD` is harmless, because a password is always given.
    private static let unwelcome = [
        "LIBMYSQL_PLUGINS", "MARIADB_PLUGIN_DIR", "MARIADB_TLS_DISABLE_PEER_VERIFICATION",
    ]

    /// Removes the variables once; a static is initialized under a lock, before the first `mysql_init`.
    static let isPrepared: Bool = {
        for name in unwelcome { unsafe unsetenv(name) }
        return true
    }()

    /// Whether `MYSQL_OPT_SSL_VERIFY_SERVER_CERT` has to be on for a fingerprint to be compared.
    ///
    /// 3.3 compares it either way, and with the option checks name and issuer as well (`ma_pvio_start_ssl` in
    /// `ma_pvio.c`). 3.4 compares nothing without the option, and with it the fingerprint alone
    /// (`ma_pvio_tls_verify_server_cert` in `ma_tls.c`, `ma_tls_verify_server_cert` in `openssl.c`, read at
    /// 3.4.1). What another version does is not known, so there it is refused.
    static func fingerprintNeedsVerification(
        _ operation: MariaDBError.Operation
    ) throws(MariaDBError) -> Bool {
        switch mysql_get_client_version() / 100 {
        case 303: return false
        case 304: return true
        default:
            throw MariaDBError(
                operation,
                .refused,
                "fingerprint is tried with libmariadb 3.3 and 3.4 only, and this is another; "
                    + "use verify-identity"
            )
        }
    }

    /// Whether `verify-identity` compares the certificate's name where the server is on this machine, too.
    ///
    /// 3.4 does not, since nobody could be in between; it checks who signed it all the same (tried on 3.4.10 with
    /// 127.0.0.1 and a certificate for localhost; 3.3 compares it).
    package static var comparesLocalNames: Bool { mysql_get_client_version() < 30_400 }

    /// Room for a connect to run in, in bytes.
    ///
    /// libmariadb's default is 60 KiB, and name service modules and certificate checks run in it.
    static let connectStackSize = 1 << 20
}
