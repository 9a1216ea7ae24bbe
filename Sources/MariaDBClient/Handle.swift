import CMariaDB

/// Owns one `MYSQL *` and closes it exactly once.
///
/// One thread at a time; every call blocks the thread it runs on. libmariadb never reconnects:
/// `MYSQL_OPT_RECONNECT` is off.
@safe struct Handle: ~Copyable {
    let pointer: UnsafeMutablePointer<MYSQL>

    init(for operation: MariaDBError.Operation) throws(MariaDBError) {
        guard ClientLibrary.isPrepared, let pointer = unsafe mysql_init(nil) else {
            throw MariaDBError(
                operation: operation,
                cause: .reported,
                code: 2_008,
                sqlState: "HY001",
                message: "libmariadb is out of memory"
            )
        }
        unsafe self.pointer = pointer
    }

    // Also after a failed connect: mysql_real_connect frees only what it made itself.
    // Sends COM_QUIT when connected.
    deinit { unsafe mysql_close(pointer) }

    /// The server's version from its greeting, without the "5.5.5-" that MariaDB before 11 puts in front.
    var serverVersion: String {
        unsafe mysql_get_server_info(pointer).map { unsafe String(cString: $0) } ?? ""
    }

    /// The TLS cipher in use, or nil in plain text.
    var cipher: String? { unsafe mysql_get_ssl_cipher(pointer).map { unsafe String(cString: $0) } }

    /// The server's number of this connection, as its greeting has it: of a longer one the lower 32 bits.
    var connectionID: UInt64 { UInt64(unsafe mysql_thread_id(pointer)) }

    /// The failure of the last call; to be read before the next call on this handle.
    borrowing func lastError(_ operation: MariaDBError.Operation) -> MariaDBError {
        unsafe MariaDBError(
            operation: operation,
            cause: .reported,
            code: mysql_errno(pointer),
            sqlState: String(cString: mysql_sqlstate(pointer)),
            message: String(cString: mysql_error(pointer))
        )
    }
}
