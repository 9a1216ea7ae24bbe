import MariaDBClient

/// One global variable that a running server lets one set, and what it is set to.
struct SweptVariable {
    let name: String
    /// The value to go back to, as SQL.
    let original: String
    /// As SQL, none of them the original.
    let values: [String]
    /// After how many values that the server took the rest is left out: those of a set are guessed, the fullest first.
    let enough: Int

    /// Whether it may end a session that is silent: then the session is used again after a pause.
    var idles: Bool { name.contains("timeout") }

    /// What the server says of a variable.
    struct Description {
        var name: String
        /// As `SHOW GLOBAL VARIABLES` has it.
        var value: String
        /// As MariaDB's `information_schema.SYSTEM_VARIABLES` or MySQL's `variables_metadata` call it.
        var type: String
        var least: String?
        var most: String?
        /// The words of an enumeration or a set, where the server says them.
        var words: [String] = []
    }

    init(_ description: Description) {
        name = description.name
        let type = description.type.uppercased()
        let isNumber = ["INT", "NUMERIC", "DOUBLE"].contains { type.contains($0) }
        original = isNumber ? description.value : Self.quoted(description.value)
        var values: [String]
        switch type {
        case _ where isNumber:
            values = [description.least, Self.capped[name] ?? description.most].compactMap(\.self)
        case "BOOLEAN":
            values = ["ON", "1"].contains(description.value) ? ["OFF"] : ["ON"]
        case "ENUM" where !description.words.isEmpty:
            values = description.words.map(Self.quoted)
        case "ENUM", "ENUMERATION":
            // MySQL does not say the words; it takes their numbers.
            values = (0...8).map { "\($0)" }
        case "SET" where !description.words.isEmpty:
            values = ["''", Self.quoted(description.words.joined(separator: ","))]
        case "SET":
            values = ["''"] + (1...40).reversed().map { "\(1 << $0 - 1)" }
        case "FLAGSET":
            let flags = description.words.filter { $0 != "default" }
            values = ["off", "on"].map { state in
                Self.quoted(flags.map { "\($0)=\(state)" }.joined(separator: ","))
            }
        default:
            values = ["''", "'x'"]
        }
        let isGuessed = type == "SET" && description.words.isEmpty
        let special = Self.special[name] ?? []
        enough = isGuessed ? special.count + 2 : .max
        values = special + values
        let original = original
        self.values = values.filter { $0 != original }
    }

    private static func quoted(_ text: String) -> String {
        "'\(text.replacing("\\", with: "\\\\").replacing("'", with: "''"))'"
    }

    /// What takes memory or disk at once, as much as it is told to: instead of the most.
    private static let capped = [
        "innodb_buffer_pool_size": "134217728", "key_buffer_size": "134217728",
        "innodb_redo_log_capacity": "134217728", "innodb_log_file_size": "134217728",
        "innodb_log_buffer_size": "134217728", "query_cache_size": "134217728",
        "tmp_table_size": "134217728", "temptable_max_ram": "134217728",
        "temptable_max_mmap": "134217728", "innodb_ft_cache_size": "16000000",
        "innodb_ft_total_cache_size": "64000000", "ngram_token_size": "10",
        "innodb_sort_buffer_size": "67108864", "rpl_semi_sync_master_timeout": "10000",
    ]

    /// Values that no type tells, and that are known to have hurt somebody.
    private static let special = [
        "init_connect": [
            "'SET autocommit = 0'", "'SET sql_select_limit = 0'", "'SET character_set_results = ucs2'",
            "'SET character_set_results = utf16'", "'SET transaction_read_only = 1'", "'no such statement'",
        ],
        "max_statement_time": ["0.000001"], "max_execution_time": ["1"],
        "character_set_client": ["'latin1'"], "character_set_connection": ["'utf16'"],
        "character_set_results": ["'utf16'", "'ucs2'"], "character_set_server": ["'utf16'"],
        "collation_connection": ["'utf16_bin'"], "collation_server": ["'utf16_bin'"],
        "time_zone": ["'+13:00'", "'-12:00'"],
        "sql_mode": ["'ANSI'", "'NO_BACKSLASH_ESCAPES'", "'TRADITIONAL'"],
        "wait_timeout": ["1"], "interactive_timeout": ["1"], "lock_wait_timeout": ["1"],
        "protocol_compression_algorithms": ["'zlib'", "'zstd'"], "lc_messages": ["'de_DE'", "'ja_JP'"],
        "default_password_lifetime": ["1"], "tls_version": ["'TLSv1.3'"],
    ]
}
