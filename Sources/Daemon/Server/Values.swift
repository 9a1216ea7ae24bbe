import HostCacheCore
package import MariaDBClient

/// The rows of `SHOW VARIABLES` or `SHOW STATUS`: a value by name, or an error that says which is missing.
struct Values {
    private let values: [String: String]
    private let source: String

    init(_ result: ResultSet, of source: String) throws {
        self.source = source
        var values: [String: String] = [:]
        for row in result.rows {
            guard let name = try row["Variable_name"], let value = try row["Value"] else { continue }
            values[name.lowercased()] = value
        }
        self.values = values
    }

    subscript(_ name: String) -> String? { values[name.lowercased()] }

    /// Whether there is any value whose name begins so, in lower case.
    func hasName(beginningWith prefix: String) -> Bool { values.keys.contains { $0.hasPrefix(prefix) } }

    func text(_ name: String) throws -> String {
        guard let value = self[name] else { throw ServerFailure(unexpected: "\(source) has no \(name)") }
        return value
    }

    func count(_ name: String, else other: String? = nil) throws -> UInt64 {
        if let other, self[name] == nil { return try count(other) }
        return try Self.count(try text(name), named: name)
    }

    func flag(_ name: String) throws -> Bool {
        switch try text(name) {
        case "ON", "1": return true
        case "OFF", "0": return false
        case let value: throw ServerFailure(unexpected: "\(name) is \(value), neither ON nor OFF")
        }
    }

    /// A count that is never negative.
    static func count(_ text: String?, named name: String) throws -> UInt64 {
        guard let text, let value = UInt64(text) else { throw ServerFailure(notANumber: text, named: name) }
        return value
    }

    /// A whole number, whatever fraction follows it.
    static func number(_ text: String?, named name: String) throws -> Int64 {
        guard let text, let value = text.split(separator: ".").first.flatMap({ Int64($0) }) else {
            throw ServerFailure(notANumber: text, named: name)
        }
        return value
    }
}

extension ServerFailure {
    /// The server answered, but not as any known version does.
    package init(unexpected what: String) {
        self.init(
            .query,
            code: nil,
            message: "unexpected answer: \(what)",
            outcomeIsUnknown: false,
            losesConnection: false
        )
    }

    init(notANumber text: String?, named name: String) {
        self.init(unexpected: "\(name) is \(text ?? "NULL"), which is no number")
    }
}

extension Session {
    /// Sends one statement, marked as ours; throws ``ServerFailure`` or `CancellationError`.
    func ask(_ sql: String) async throws -> ResultSet {
        do {
            return try await query(sql + ObservationReader.mark)
        } catch {
            try Task.checkCancellation()
            throw ServerFailure(error)
        }
    }

    /// Sends a statement that changes something; throws as ``ask(_:)``.
    ///
    /// `TRUNCATE` never without its bound, whatever became of the session's own setting: while it waits for a lock,
    /// everybody who reads the table waits behind it, and the server would wait for a year.
    func send(_ sql: String) async throws {
        if sql == FlushStatement.truncate.sql { _ = try await ask(Self.lockBound) }
        _ = try await ask(sql)
    }

    /// The shortest wait for a lock that MySQL takes, in seconds; goes ahead of each `TRUNCATE`.
    package static let lockBound = "SET SESSION lock_wait_timeout = 1"

    /// Reads the host cache row by row; throws as ``ask(_:)``.
    func readHostCache() async throws -> HostCacheReading {
        do {
            return try await read(
                ObservationReader.rows + ObservationReader.mark,
                columns: HostCacheReading.columns,
                atMost: HostCacheReading.mostRows,
                into: HostCacheReading()
            ) { reading, row in reading.add(row) }
        } catch {
            try Task.checkCancellation()
            throw ServerFailure(error)
        }
    }
}
