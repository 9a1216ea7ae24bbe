import CMariaDB

extension Handle {
    /// Sets everything that libmariadb would otherwise choose itself, before the connect.
    ///
    /// No option file is read, because neither `MYSQL_READ_DEFAULT_FILE` nor `_GROUP` is set.
    borrowing func configure(for endpoint: Endpoint) throws(MariaDBError) {
        let operation = MariaDBError.Operation.connect(endpoint.address)
        // They hold for each single wait; the bound of the whole call is kept by Connection.
        let connectSeconds = endpoint.connectTimeout.wholeSecondsAbove
        let querySeconds = endpoint.queryTimeout.wholeSecondsAbove
        try set(MYSQL_OPT_CONNECT_TIMEOUT, connectSeconds, operation)
        try set(MYSQL_OPT_READ_TIMEOUT, querySeconds, operation)
        try set(MYSQL_OPT_WRITE_TIMEOUT, querySeconds, operation)
        try set(MYSQL_OPT_NONBLOCK, ClientLibrary.connectStackSize, operation)

        // A row is a few hundred bytes; libmariadb would take one of a gigabyte.
        try set(MYSQL_OPT_MAX_ALLOWED_PACKET, UInt(1 << 20), operation)
        try set(MYSQL_OPT_RECONNECT, my_bool(0), operation)
        try set(MYSQL_OPT_LOCAL_INFILE, CUnsignedInt(0), operation)
        let methods = LoginMethods(for: endpoint)
        try set(MARIADB_OPT_RESTRICTED_AUTH, text: methods.allowed, operation)
        if let first = methods.first { try set(MYSQL_DEFAULT_AUTH, text: first, operation) }
        try set(MYSQL_SET_CHARSET_NAME, text: "utf8mb4", operation)
        try setAttribute("program_name", "hostcached", operation)
        try configureAddress(of: endpoint, operation)
        try configureTLS(endpoint.tls, operation)
    }

    private borrowing func configureAddress(
        of endpoint: Endpoint,
        _ operation: MariaDBError.Operation
    ) throws(MariaDBError) {
        switch endpoint.address {
        case .tcp:
            // Without it "localhost" means the Unix socket.
            try set(MYSQL_OPT_PROTOCOL, MYSQL_PROTOCOL_TCP.rawValue, operation)
            if let source = endpoint.sourceAddress { try set(MYSQL_OPT_BIND, text: source, operation) }
        case .socket:
            try set(MYSQL_OPT_PROTOCOL, MYSQL_PROTOCOL_SOCKET.rawValue, operation)
        }
    }

    /// Both options both times, because their defaults differ: 3.4 verifies unless told not to.
    private borrowing func configureTLS(
        _ tls: Endpoint.TLS,
        _ operation: MariaDBError.Operation
    ) throws(MariaDBError) {
        switch tls {
        case .disabled:
            try set(MYSQL_OPT_SSL_ENFORCE, my_bool(0), operation)
            try set(MYSQL_OPT_SSL_VERIFY_SERVER_CERT, my_bool(0), operation)
        case .verifyIdentity(let caFile):
            // In 3.3 ENFORCE alone accepts plain text, and only VERIFY makes TLS mandatory; ENFORCE adds that
            // errors from before TLS are marked as such (`my_auth.c`, `mariadb_lib.c`).
            try set(MYSQL_OPT_SSL_ENFORCE, my_bool(1), operation)
            try set(MYSQL_OPT_SSL_VERIFY_SERVER_CERT, my_bool(1), operation)
            if let caFile {
                try set(MYSQL_OPT_SSL_CA, text: caFile, operation)
            } else {
                try setSystemAuthorities(operation)
            }
        case .fingerprint(let fingerprint):
            // An empty one would not be compared at all (`ma_pvio_start_ssl` in `ma_pvio.c`).
            guard fingerprint.utf8.count == 40, fingerprint.allSatisfy(\.isHexDigit) else {
                throw MariaDBError(operation, .refused, "the fingerprint is not 40 hexadecimal digits")
            }
            let verifies = try ClientLibrary.fingerprintNeedsVerification(operation)
            try set(MYSQL_OPT_SSL_ENFORCE, my_bool(1), operation)
            try set(MYSQL_OPT_SSL_VERIFY_SERVER_CERT, my_bool(verifies ? 1 : 0), operation)
            try set(MARIADB_OPT_TLS_PEER_FP, text: fingerprint, operation)
        }
    }

    private borrowing func setSystemAuthorities(
        _ operation: MariaDBError.Operation
    ) throws(MariaDBError) {
        try set(MYSQL_OPT_SSL_CAPATH, text: SystemAuthorities.folder, operation)
        if let file = SystemAuthorities.file { try set(MYSQL_OPT_SSL_CA, text: file, operation) }
    }

    private borrowing func set<Value: BitwiseCopyable>(
        _ option: mysql_option,
        _ value: Value,
        _ operation: MariaDBError.Operation
    ) throws(MariaDBError) {
        let status = unsafe withUnsafePointer(to: value) { unsafe mysql_options(pointer, option, $0) }
        guard status == 0 else { throw refused(option, operation) }
    }

    private borrowing func set(
        _ option: mysql_option,
        text: String,
        _ operation: MariaDBError.Operation
    ) throws(MariaDBError) {
        let status = unsafe text.withCString { unsafe mysql_options(pointer, option, $0) }
        guard status == 0 else { throw refused(option, operation) }
    }

    private borrowing func setAttribute(
        _ name: String,
        _ value: String,
        _ operation: MariaDBError.Operation
    ) throws(MariaDBError) {
        let status = unsafe name.withCString { name in
            unsafe value.withCString { value in
                unsafe mysql_options4(pointer, MYSQL_OPT_CONNECT_ATTR_ADD, name, value)
            }
        }
        guard status == 0 else { throw refused(MYSQL_OPT_CONNECT_ATTR_ADD, operation) }
    }

    /// A library that does not know an option would connect without its protection.
    private func refused(_ option: mysql_option, _ operation: MariaDBError.Operation) -> MariaDBError {
        MariaDBError(
            operation,
            .refused,
            "this libmariadb refuses option \(option.rawValue); 3.3 or later is needed"
        )
    }
}

extension Duration {
    /// Whole seconds, more than one above this; capped at an hour.
    ///
    /// For the timeouts of single waits, which only end the work of a caller that has gone.
    var wholeSecondsAbove: CUnsignedInt {
        CUnsignedInt(min(max(components.seconds, 0), 3_598)) + 2
    }
}
