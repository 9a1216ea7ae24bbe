import CMariaDB
import Glibc

/// What has to be true of libmariadb before its first use in the process.
///
/// `mysql_init` initializes the library once, by itself; `mysql_thread_init` and `mysql_thread_end` do
/// nothing (`mariadb_lib.c`), so no thread needs to announce itself. The initialization also calls
/// `signal(SIGPIPE, SIG_IGN)` for the whole process, and TLS needs that: OpenSSL writes to a socket
/// that the server, or ``Interrupter``, has shut.
enum ClientLibrary {
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

    /// The password exchanges that a server may ask for.
    ///
    /// Left out above all is `mysql_clear_password`, which libmariadb answers to any server, TLS or not; also
    /// `dialog` and `mysql_old_password`. libmariadb looks for the name that the server asks for *inside*
    /// this text (`strstr` in `my_auth.c`), so fragments such as "password" pass too: they are names of no
    /// plugin, and a name with a comma or slash is never loaded (`mysql_load_plugin_v`).
    ///
    /// `sha256_password` and `caching_sha2_password` send the password inside TLS, and without TLS encrypted
    /// with a key that the server sends: in plain text, somebody in between can send another key and read
    /// the password. The others never send anything that gives it away.
    static let allowedAuthentication =
        "mysql_native_password,caching_sha2_password,sha256_password,client_ed25519,parsec"

    /// Room for a connect to run in, in bytes.
    ///
    /// libmariadb's default is 60 KiB, and name service modules and certificate checks run in it.
    static let connectStackSize = 1 << 20
}
