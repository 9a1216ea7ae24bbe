import CMariaDB

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
    borrowing func read<Output>(
        _ sql: String,
        columns wanted: [String],
        into empty: Output,
        _ take: (inout Output, borrowing Fields) -> Void
    ) throws(MariaDBError) -> Output {
        try send(sql)
        var output = empty
        try readFirstResult(wanted, into: &output, take)
        try dropFurtherResults()
        return output
    }

    private borrowing func readFirstResult<Output>(
        _ wanted: [String],
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
        while let row = unsafe mysql_fetch_row(result) {
            guard let lengths = unsafe mysql_fetch_lengths(result) else { throw lastError(.query) }
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
        guard let result = unsafe mysql_store_result(pointer) else {
            // > mysql_store_result() returns NULL … if the statement did not return a result set
            // https://mariadb.com/kb/en/mysql_store_result/
            guard unsafe mysql_field_count(pointer) == 0 else { throw lastError(.query) }
            return ResultSet(columns: [], values: [], warningCount: warningCount)
        }
        defer { unsafe mysql_free_result(result) }
        let columns = unsafe columns(of: result)
        let count = columns.count
        var values: [[String?]] = []
        while let row = unsafe mysql_fetch_row(result) {
            guard let lengths = unsafe mysql_fetch_lengths(result) else { throw lastError(.query) }
            values.append(
                (0..<count).map { index in
                    unsafe row[index].map { unsafe text($0, length: Int(lengths[index])) }
                }
            )
        }
        return ResultSet(columns: columns, values: values, warningCount: warningCount)
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
