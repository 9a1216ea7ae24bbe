import CMariaDB

extension Handle {
    /// Runs one statement and copies its result.
    ///
    /// Of a procedure with several results the first is given; the others are read and dropped, so
    /// that the connection is ready for the next statement.
    borrowing func query(_ sql: String) throws(MariaDBError) -> ResultSet {
        var sql = sql
        let status = sql.withUTF8 { bytes in
            unsafe bytes.withMemoryRebound(to: CChar.self) { bytes in
                unsafe mysql_real_query(pointer, bytes.baseAddress, UInt(bytes.count))
            }
        }
        guard status == 0 else { throw lastError(.query) }
        let result = try firstResult()
        while unsafe mysql_more_results(pointer) != 0 {
            guard unsafe mysql_next_result(pointer) <= 0 else { throw lastError(.query) }
            _ = try firstResult()
        }
        return result
    }

    private borrowing func firstResult() throws(MariaDBError) -> ResultSet {
        guard let result = unsafe mysql_store_result(pointer) else {
            // > mysql_store_result() returns NULL … if the statement did not return a result set
            // https://mariadb.com/kb/en/mysql_store_result/
            guard unsafe mysql_field_count(pointer) == 0 else { throw lastError(.query) }
            return ResultSet(columns: [], values: [], warningCount: warningCount)
        }
        defer { unsafe mysql_free_result(result) }
        let count = Int(unsafe mysql_num_fields(result))
        let fields = unsafe UnsafeBufferPointer(start: mysql_fetch_fields(result), count: count)
        let columns = unsafe fields.map { field in
            unsafe text(field.name, length: Int(field.name_length))
        }
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

    private var warningCount: Int { Int(unsafe mysql_warning_count(pointer)) }

    private func text(_ start: UnsafePointer<CChar>, length: Int) -> String {
        let bytes = unsafe UnsafeRawBufferPointer(start: start, count: length)
        return unsafe String(decoding: bytes, as: UTF8.self)
    }
}
