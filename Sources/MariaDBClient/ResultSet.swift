/// What a statement gave back, complete and independent of the session.
package struct ResultSet: Hashable, Sendable {
    /// The columns' names in the server's order; empty for a statement without a result.
    package let columns: [String]

    /// The rows in the server's order.
    package let rows: [Row]

    /// How many warnings, errors and notes the server has for the statement.
    ///
    /// A clamped `SET` shows only here.
    package let warningCount: Int

    /// Takes each row's values, in the order of `columns`.
    package init(columns: [String], values: [[String?]], warningCount: Int) {
        self.columns = columns
        self.rows = values.map { Row(columns: columns, values: $0) }
        self.warningCount = warningCount
    }
}

/// One row of a ``ResultSet``.
package struct Row: Hashable, Sendable {
    private let columns: [String]

    /// The values in the order of the columns; SQL `NULL` is nil, never "".
    ///
    /// Values are read as UTF-8; a byte that is not becomes U+FFFD.
    package let values: [String?]

    fileprivate init(columns: [String], values: [String?]) {
        self.columns = columns
        self.values = values
    }

    /// The value in the first column of exactly this name; SQL `NULL` is nil.
    ///
    /// A missing column throws: servers differ in their columns, and no value is not `NULL`.
    package subscript(_ column: String) -> String? {
        get throws(MariaDBError) { try value(of: column) { $0 == column } }
    }

    /// As `row[column]`, with ASCII letters compared without their case when asked to.
    ///
    /// For `information_schema` and `SHOW`, whose spelling differs between servers.
    package subscript(_ column: String, ignoringCase ignoringCase: Bool) -> String? {
        get throws(MariaDBError) {
            guard ignoringCase else { return try self[column] }
            let wanted = column.lowercased()
            return try value(of: column) { $0.lowercased() == wanted }
        }
    }

    private func value(of column: String, where matches: (String) -> Bool) throws(MariaDBError) -> String? {
        guard let index = columns.firstIndex(where: matches) else {
            throw .missingColumn(column, among: columns)
        }
        return values[index]
    }
}
