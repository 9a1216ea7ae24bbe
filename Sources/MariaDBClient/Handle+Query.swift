import CMariaDB
import Glibc

extension Handle {
    /// Runs one statement and copies its result.
    ///
    /// Of a procedure with several results the first is given; the others are read and dropped, so
    /// that the connection is ready for the next statement.
    borrowing func query(_ sql: String) throws(MariaDBError) -> ResultSet {
        try send(sql)
        let result = try firstResult()
        try dropFurtherResults()
        return result
    }

    /// Runs one statement and hands each row to `take` as it comes, so that none is kept.
    ///
    /// The server goes on sending meanwhile, so `take` must be quick. As above, further results are dropped.
    /// A server that sends more than `most` rows, or more bytes than any result of ours has, is cut off.
    borrowing func read<Output>(
        _ sql: String,
        columns wanted: [String],
        atMost most: Int,
        into empty: Output,
        _ take: (inout Output, borrowing Fields) -> Void
    ) throws(MariaDBError) -> Output {
        try send(sql)
        var output = empty
        try readFirstResult(wanted, atMost: most, into: &output, take)
        try dropFurtherResults()
        return output
    }

    private borrowing func readFirstResult<Output>(
        _ wanted: [String],
        atMost most: Int,
        into output: inout Output,
        _ take: (inout Output, borrowing Fields) -> Void
    ) throws(MariaDBError) {
        guard let result = unsafe mysql_use_result(pointer) else { throw lastError(.query) }
        // Also reads the rows that nobody has taken, so that the connection is ready for the next statement.
        defer { unsafe mysql_free_result(result) }
        let columns = unsafe columns(of: result)
        var places: [Int] = []
        for name in wanted {
            guard let place = columns.firstIndex(of: name) else { throw .missingColumn(name, among: columns) }
            places.append(place)
        }
        var flood = Flood(mostRows: most)
        while let row = unsafe mysql_fetch_row(result) {
            guard let lengths = unsafe mysql_fetch_lengths(result) else { throw lastError(.query) }
            guard unsafe flood.allows(lengths, columns.count) else { throw cutOff() }
            take(&output, unsafe Fields(values: row, lengths: lengths, places: places))
        }
        // > mysql_fetch_row() returns … NULL when there are no more rows to retrieve or if an error occurred
        // https://mariadb.com/kb/en/mysql_fetch_row/
        guard unsafe mysql_errno(pointer) == 0 else { throw lastError(.query) }
    }

    private borrowing func send(_ sql: String) throws(MariaDBError) {
        var sql = sql
        let status = sql.withUTF8 { bytes in
            unsafe bytes.withMemoryRebound(to: CChar.self) { bytes in
                unsafe mysql_real_query(pointer, bytes.baseAddress, UInt(bytes.count))
            }
        }
        guard status == 0 else { throw lastError(.query) }
    }

    private borrowing func dropFurtherResults() throws(MariaDBError) {
        while unsafe mysql_more_results(pointer) != 0 {
            guard unsafe mysql_next_result(pointer) <= 0 else { throw lastError(.query) }
            _ = try firstResult()
        }
    }

    private borrowing func firstResult() throws(MariaDBError) -> ResultSet {
        // Not mysql_store_result: it keeps whatever a server sends.
        guard let result = unsafe mysql_use_result(pointer) else {
            // > mysql_use_result() returns … NULL if … the query did not return a result set
            // https://mariadb.com/kb/en/mysql_use_result/
            guard unsafe mysql_field_count(pointer) == 0 else { throw lastError(.query) }
            return ResultSet(columns: [], values: [], warningCount: warningCount)
        }
        defer { unsafe mysql_free_result(result) }
        let columns = unsafe columns(of: result)
        let count = columns.count
        var values: [[String?]] = []
        var flood = Flood(mostRows: 20_000)
        while let row = unsafe mysql_fetch_row(result) {
            guard let lengths = unsafe mysql_fetch_lengths(result) else { throw lastError(.query) }
            guard unsafe flood.allows(lengths, count) else { throw cutOff() }
            values.append(
                (0..<count).map { index in
                    unsafe row[index].map { unsafe text($0, length: Int(lengths[index])) }
                }
            )
        }
        guard unsafe mysql_errno(pointer) == 0 else { throw lastError(.query) }
        return ResultSet(columns: columns, values: values, warningCount: warningCount)
    }

    /// Ends the connection's traffic, so that freeing the result does not read on for ever.
    private borrowing func cutOff() -> MariaDBError {
        shutdown(unsafe mysql_get_socket(pointer), Int32(SHUT_RDWR))
        return .flooded
    }

    private func columns(of result: UnsafeMutablePointer<MYSQL_RES>) -> [String] {
        let count = Int(unsafe mysql_num_fields(result))
        let fields = unsafe UnsafeBufferPointer(start: mysql_fetch_fields(result), count: count)
        return unsafe fields.map { field in unsafe text(field.name, length: Int(field.name_length)) }
    }

    private var warningCount: Int { Int(unsafe mysql_warning_count(pointer)) }

    private func text(_ start: UnsafePointer<CChar>, length: Int) -> String {
        let bytes = unsafe UnsafeRawBufferPointer(start: start, count: length)
        return unsafe String(decoding: bytes, as: UTF8.self)
    }
}

/// How much of a result has come, against what any of ours can have.
private struct Flood {
    private let mostRows: Int
    private var rows = 0
    private var bytes: UInt = 0

    /// No host cache that is read and no list of grants comes near it.
    private static let mostBytes: UInt = 8 << 20

    init(mostRows: Int) {
        self.mostRows = mostRows
    }

    /// Takes in one more row; false when it is too much.
    mutating func allows(_ lengths: UnsafePointer<UInt>, _ columns: Int) -> Bool {
        rows += 1
        for column in 0..<columns { bytes &+= unsafe lengths[column] }
        return rows <= mostRows && bytes <= Self.mostBytes
    }
}
