/// One host of the host cache, as the server counts it.
///
/// Columns of `performance_schema.host_cache`; see the manual page "The host_cache Table".
package struct HostCacheRow: Hashable, Sendable {
    /// `IP`: the client's address, in one text form whatever the server's spelling.
    package var address: String
    /// `HOST`: the resolved name; nil when there is none.
    package var name: String?
    /// `HOST_VALIDATED`: only validated hosts are counted toward the block (`hostname.cc`, `inc_host_errors`).
    package var isValidated: Bool
    /// `SUM_CONNECT_ERRORS`: errors that count toward the block; a successful login sets it to zero.
    package var connectErrors: UInt64
    /// `COUNT_HANDSHAKE_ERRORS`: all handshake errors since the row was made; only a flush resets it.
    package var handshakeErrors: UInt64
    /// `COUNT_HOST_BLOCKED_ERRORS`: connections refused with error 1129.
    package var blockedConnections: UInt64
    /// `FIRST_SEEN` in whole seconds of the server's UTC clock; tells one life of the row from the next.
    package var firstSeenSecond: Int64?
    /// Time since `FIRST_ERROR_SEEN` in whole microseconds; nil when there was no error or the age is impossible
    /// (negative).
    package var firstErrorAge: Duration? {
        get { firstError.duration }
        set { firstError = Age(newValue) }
    }
    /// Time since `LAST_ERROR_SEEN`; nil as above.
    package var lastErrorAge: Duration? {
        get { lastError.duration }
        set { lastError = Age(newValue) }
    }
    private var firstError: Age
    private var lastError: Age

    package init(
        address: String,
        name: String?,
        isValidated: Bool,
        connectErrors: UInt64,
        handshakeErrors: UInt64,
        blockedConnections: UInt64,
        firstSeenSecond: Int64?,
        firstErrorAge: Duration?,
        lastErrorAge: Duration?
    ) {
        self.address = address
        self.name = name
        self.isValidated = isValidated
        self.connectErrors = connectErrors
        self.handshakeErrors = handshakeErrors
        self.blockedConnections = blockedConnections
        self.firstSeenSecond = firstSeenSecond
        firstError = Age(firstErrorAge)
        lastError = Age(lastErrorAge)
    }

    /// An age or none in the space of one word: a full host cache has 65,536 rows.
    private struct Age: Hashable {
        private let microseconds: Int64

        init(_ duration: Duration?) {
            microseconds = duration.map { Int64(clamping: $0.wholeMicroseconds) } ?? .min
        }

        var duration: Duration? { microseconds == .min ? nil : .microseconds(microseconds) }
    }

    /// The part of the limit this host has used: zero while it is not validated.
    package var spent: UInt64 { isValidated ? connectErrors : 0 }

    /// Whether the server refuses this host now: `m_connect >= max_connect_errors`, tested at each
    /// connection (`hostname.cc`, `ip_to_hostname`).
    package func isBlocked(limit: UInt64) -> Bool { isValidated && connectErrors >= limit }
}
