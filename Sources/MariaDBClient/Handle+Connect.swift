import CMariaDB
import Glibc
import Secrets

extension Handle {
    /// Opens a connection and logs in.
    ///
    /// A function, not an initializer: one that throws after `self` is complete does not compile
    /// for a noncopyable type with a `deinit`.
    ///
    /// The non-blocking calls are used although the thread may block: they show the socket while the
    /// connect is under way, and `interrupter` needs it. Name resolution shows none: nothing can end
    /// that, and a caller in a hurry leaves the thread behind in it.
    static func connect(
        to endpoint: Endpoint,
        as login: Login,
        interruptedBy interrupter: Interrupter
    ) throws(MariaDBError) -> Handle {
        let operation = MariaDBError.Operation.connect(endpoint.address)
        try endpoint.address.check(operation)
        guard !login.user.isEmpty else {
            // libmariadb would take the process owner's name.
            throw MariaDBError(operation, .refused, "the login has no user name")
        }
        let handle = try Handle(for: operation)
        try handle.configure(for: endpoint)
        var waits = ConnectWaits(for: endpoint)
        let isOpen =
            switch endpoint.address {
            case .tcp(_, let port):
                unsafe endpoint.hostToConnect.withCString { host in
                    unsafe handle.open(host, port, nil, login, &waits, interrupter)
                }
            case .socket(let path):
                unsafe path.withCString { path in
                    unsafe handle.open(nil, 0, path, login, &waits, interrupter)
                }
            }
        guard isOpen else {
            var error = handle.lastError(operation).advised(for: endpoint)
            if error.isHostBlocked { error.localAddress = interrupter.localAddress }
            throw error
        }
        // libmariadb's blocking calls come from here on, and its socket stays the same.
        interrupter.follow(unsafe mysql_get_socket(handle.pointer))
        if endpoint.tls != .disabled, handle.cipher == nil {
            throw MariaDBError(
                operation: operation,
                cause: .reported,
                code: 2_026,
                sqlState: "HY000",
                message: "TLS connection error: the connection is not encrypted"
            )
        }
        return handle
    }

    private borrowing func open(
        _ host: UnsafePointer<CChar>?,
        _ port: UInt16,
        _ path: UnsafePointer<CChar>?,
        _ login: Login,
        _ waits: inout ConnectWaits,
        _ interrupter: Interrupter
    ) -> Bool {
        // Never a null pointer for the password: libmariadb would look into MYSQL_PWD.
        let password = login.password?.reveal() ?? ""
        return unsafe login.user.withCString { user in
            unsafe password.withCString { password in
                var result: UnsafeMutablePointer<MYSQL>?
                // The strings are used until the end of the connect, not only by the first call.
                var events = unsafe mysql_real_connect_start(
                    &result,
                    pointer,
                    host,
                    user,
                    password,
                    nil,
                    UInt32(port),
                    path,
                    0
                )
                while events != 0 {
                    let ready = wait(for: events, &waits, interrupter)
                    events = unsafe mysql_real_connect_cont(&result, pointer, ready)
                }
                return unsafe result != nil
            }
        }
    }

    /// Waits until the connect can go on; gives what has happened, in libmariadb's `MYSQL_WAIT_` bits.
    ///
    /// libmariadb's own limit is not used: for TLS it sets none. Where a wait for an address ends without an answer
    /// it goes on to the next (`pvio_socket_connect` in `pvio_socket.c`, `my_connect_async` in `mariadb_async.c`).
    private borrowing func wait(
        for events: Int32,
        _ waits: inout ConnectWaits,
        _ interrupter: Interrupter
    ) -> Int32 {
        let socket = unsafe mysql_get_socket(pointer)
        interrupter.follow(socket)
        let limit = waits.next(on: socket)
        guard !interrupter.hasFired else { return MYSQL_WAIT_TIMEOUT }
        var wanted: Int32 = 0
        if events & MYSQL_WAIT_READ != 0 { wanted |= POLLIN }
        if events & MYSQL_WAIT_WRITE != 0 { wanted |= POLLOUT }
        if events & MYSQL_WAIT_EXCEPT != 0 { wanted |= POLLPRI }
        var descriptor = pollfd(fd: socket, events: Int16(wanted), revents: 0)
        while true {
            let count = unsafe poll(&descriptor, 1, limit)
            if count > 0 {
                // An error or hang-up is for the next read or write to find.
                return interrupter.hasFired ? MYSQL_WAIT_TIMEOUT : events & ~MYSQL_WAIT_TIMEOUT
            }
            if count == 0 || errno != EINTR { return MYSQL_WAIT_TIMEOUT }
        }
    }
}

extension Endpoint.Address {
    /// Refuses what libmariadb would read as something else than one host or one path.
    ///
    /// A host with ";" or "=" is a connection string, with "://" the name of a plugin to load, with
    /// "," a list; an empty one is localhost, and port 0 is `MYSQL_TCP_PORT` (`mariadb_lib.c`).
    fileprivate func check(_ operation: MariaDBError.Operation) throws(MariaDBError) {
        switch self {
        case .tcp(let host, let port):
            guard !host.isEmpty, !host.contains(where: { ";=,/\0".contains($0) }), port != 0 else {
                throw MariaDBError(operation, .refused, "not one host name or IP address and a port above 0")
            }
        case .socket(let path):
            guard !path.isEmpty, !path.contains("\0") else {
                throw MariaDBError(operation, .refused, "not the path of a Unix socket")
            }
        }
    }
}
