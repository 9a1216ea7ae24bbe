import Configuration
import HostCacheCore
import MariaDBClient

/// Rows of the host cache as they come from the server, before the server's clock is read.
///
/// Each is made at once into what the core wants; of the times of errors the seconds wait here until the clock makes
/// them ages.
struct HostCacheReading: Sendable {
    private var rows: [HostCacheRow] = []
    private var errorSeconds: [ErrorSeconds] = []
    /// Why the rows are not to be believed; nil while they are.
    private var failure: ServerFailure?

    /// `FIRST_ERROR_SEEN` and `LAST_ERROR_SEEN` in UTC seconds.
    private struct ErrorSeconds {
        /// 0 for none: then it is no time either.
        var first: Int64
        var last: Int64
    }

    /// The columns, in the order in which ``add(_:)`` reads them.
    static let columns = [
        "IP", "HOST", "HOST_VALIDATED", "SUM_CONNECT_ERRORS", "COUNT_HANDSHAKE_ERRORS",
        "COUNT_HOST_BLOCKED_ERRORS", "FIRST_SEEN_SECOND", "FIRST_ERROR_SECOND", "LAST_ERROR_SECOND",
    ]

    /// How many rows are read, the fullest first: a full cache has 65,536, and the way to it may be slow.
    static let mostRows = 2000

    /// What became of reading the rows.
    enum Outcome {
        case came(HostCacheReading)
        /// They were not read, and the connection is as it was.
        case kept(RowReading.Obstacle, detail: String)

        var isRefused: Bool {
            if case .kept(.refused, _) = self { true } else { false }
        }

        /// The rows with the ages their errors have at `serverSecond`, and how much of the table they are.
        ///
        /// - Parameters:
        ///   - serverSecond: The server's UTC clock.
        ///   - size: How many rows the server keeps at most.
        /// - Returns: No rows where they were not read or made no sense.
        func judged(at serverSecond: Int64, size: UInt64) -> ([HostCacheRow], RowReading) {
            switch self {
            case .kept(let obstacle, let detail): return ([], .unreadable(obstacle, detail: detail))
            case .came(let reading):
                do throws(ServerFailure) {
                    let rows = try reading.rows(at: serverSecond)
                    let isFull = rows.count >= mostRows && size > UInt64(mostRows)
                    return (rows, isFull ? .fullest : .complete)
                } catch {
                    return ([], .unreadable(.garbled, detail: error.message))
                }
            }
        }
    }

    /// Takes one row; one that makes no sense is remembered as a failure.
    mutating func add(_ row: borrowing Fields) {
        guard failure == nil else { return }
        do throws(ServerFailure) {
            guard let address = row.text(0) else {
                throw ServerFailure(unexpected: "host_cache has a row without IP")
            }
            rows.append(
                HostCacheRow(
                    address: IPAddress.canonical(address),
                    name: row.text(1),
                    isValidated: row.text(2) == "YES",
                    connectErrors: try row.count(3),
                    handshakeErrors: try row.count(4),
                    blockedConnections: try row.count(5),
                    firstSeenSecond: try row.second(6),
                    firstErrorAge: nil,
                    lastErrorAge: nil
                )
            )
            errorSeconds.append(ErrorSeconds(first: try row.second(7) ?? 0, last: try row.second(8) ?? 0))
        } catch {
            failure = error
        }
    }

    /// The rows with the ages their errors have at `serverSecond`; throws ``ServerFailure`` for what made no sense.
    consuming func rows(at serverSecond: Int64) throws(ServerFailure) -> [HostCacheRow] {
        if let failure { throw failure }
        for (index, seconds) in errorSeconds.enumerated() {
            rows[index].firstErrorAge = Self.age(seconds.first, at: serverSecond)
            rows[index].lastErrorAge = Self.age(seconds.last, at: serverSecond)
        }
        return rows
    }

    /// Nil when there is no such time, or when it lies in the future: then the age is unknown.
    ///
    /// MySQL rounds these columns to the nearest second (tried on 9.7.4: 0.6 s past is the next second), so
    /// one second ahead is no future.
    private static func age(_ second: Int64, at serverSecond: Int64) -> Duration? {
        second > 0 && second - 1 <= serverSecond ? .seconds(max(0, serverSecond - second)) : nil
    }
}

extension Fields {
    /// A count that is never negative.
    fileprivate borrowing func count(_ index: Int) throws(ServerFailure) -> UInt64 {
        guard let value = wholeNumber(index) else { throw notANumber(index) }
        return value
    }

    /// A time in UTC seconds; nil for `NULL`.
    fileprivate borrowing func second(_ index: Int) throws(ServerFailure) -> Int64? {
        guard !isNull(index) else { return nil }
        guard let value = wholeNumber(index).flatMap({ Int64(exactly: $0) }) else { throw notANumber(index) }
        return value
    }

    private borrowing func notANumber(_ index: Int) -> ServerFailure {
        ServerFailure(notANumber: text(index), named: HostCacheReading.columns[index])
    }
}

extension RowReading.Obstacle {
    /// What kept the rows away, by the failure of the statement that reads them.
    init(_ failure: ServerFailure) {
        self =
            switch (failure.reason, failure.code) {
            case (.privilege, _): .refused
            case (_, 1205?): .locked
            // The server's own bound of the statement: MySQL's, then MariaDB's.
            case (.timeout, _), (_, 3024?), (_, 1969?): .slow
            case (.query, nil): .garbled
            default: .failed
            }
    }
}
