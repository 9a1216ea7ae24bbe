/// One connection to one server, used by one task at a time.
///
/// It never reconnects: when it has ended (``MariaDBError/isConnectionLoss``), open a new one. A call waits
/// for its bound at most and ends at once when its task is cancelled; either one ends the session, because
/// the server's answer may still be on its way. No call blocks the thread of its caller.
package final class Session: Sendable {
    private let connection: Connection
    private let queryTimeout: Duration

    /// The version that the server announced, such as "10.11.19-MariaDB-…" or "9.7.4".
    package let serverVersion: String

    /// The TLS cipher in use; nil in plain text.
    package let cipher: String?

    /// The server's number of this connection, for `KILL` and the process list.
    ///
    /// As the server's greeting has it: of a number past 4294967295 the lower 32 bits, and behind a proxy the proxy's.
    package let connectionID: UInt64

    /// The server's IP address as text, an IPv4-mapped one in its IPv6 form; nil on a Unix socket.
    package let peerAddress: String?

    /// Whether the connection is encrypted.
    package var isEncrypted: Bool { cipher != nil }

    private init(connection: Connection, greeting: Connection.Greeting, queryTimeout: Duration) {
        self.connection = connection
        self.queryTimeout = queryTimeout
        self.serverVersion = greeting.serverVersion
        self.cipher = greeting.cipher
        self.connectionID = greeting.connectionID
        self.peerAddress = greeting.peerAddress
    }

    deinit { connection.abandon() }

    /// Opens a session within the endpoint's `connectTimeout`.
    ///
    /// A server that asks for the password in clear text is refused, unless its certificate proves its name.
    package static func connect(to endpoint: Endpoint, as login: Login) async throws(MariaDBError) -> Session
    {
        let connection = Connection()
        let greeting = try await connection.open(endpoint, as: login)
        return Session(connection: connection, greeting: greeting, queryTimeout: endpoint.queryTimeout)
    }

    /// Runs one statement within the endpoint's `queryTimeout`.
    ///
    /// A statement without a result gives no columns and no rows. A second call at the same time is refused.
    package func query(_ sql: String) async throws(MariaDBError) -> ResultSet {
        try await connection.query(sql, within: queryTimeout)
    }

    /// Runs one statement as ``query(_:)`` does and hands each row to `take` as it comes, so that none is kept.
    ///
    /// For large results. `take` runs on the session's own thread, and the server waits for it.
    ///
    /// - Parameters:
    ///   - sql: A statement with one result.
    ///   - columns: The columns wanted, by their exact names; one that is missing throws.
    ///   - most: How many rows may come; with one more the session is ended.
    ///   - empty: What the first row is added to.
    ///   - take: Adds one row; its fields are numbered as in `columns`.
    /// - Returns: What has become of `empty`.
    /// - Throws: ``MariaDBError``, as ``query(_:)``.
    package func read<Output: Sendable>(
        _ sql: String,
        columns: [String],
        atMost most: Int,
        into empty: Output,
        _ take: @escaping @Sendable (inout Output, borrowing Fields) -> Void
    ) async throws(MariaDBError) -> Output {
        try await connection.read(
            sql,
            columns: columns,
            atMost: most,
            into: empty,
            within: queryTimeout,
            take
        )
    }

    /// Takes leave of the server (COM_QUIT), within a second; does nothing the second time.
    ///
    /// A statement that runs is cut off. Also does its work in a cancelled task.
    ///
    /// - Returns: Whether the server was told while it had nothing to do. False after a loss, a timeout or a
    ///   cancellation: it may still be running the last statement, and hold what the session holds.
    @discardableResult
    package func close() async -> Bool {
        await connection.close()
    }
}
