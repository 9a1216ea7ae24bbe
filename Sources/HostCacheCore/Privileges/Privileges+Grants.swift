extension Privileges {
    /// Judges by all lines of `SHOW GRANTS`, those of active roles included.
    ///
    /// Strict in one direction: with a line that is not understood, what no other line grants is not known; it is
    /// never taken as missing.
    package init(grants: [String], account: Account?, version: ServerVersion) {
        self.init()
        self.account = account
        let meanings = grants.map { GrantLine.meaning(of: $0) }
        hasRoles = meanings.contains(.role)
        let known = KnownGrants(
            lines: meanings.compactMap { if case .privileges(let line) = $0 { line } else { nil } },
            isComplete: !grants.isEmpty && !meanings.contains(nil),
            takesPatterns: version.flavour == .mariadb
        )
        maySee = known.onTable("SELECT")
        mayTruncate = known.onTable("DROP")
        mayFlush = known.onEverything("RELOAD")
        mayRaise = known.raises(on: version)
    }

    /// Whether SUPER stands in for the privilege that sets `max_connect_errors`; nil where that is not known.
    ///
    /// It does on MySQL 8.0 and later (9.7.4 tried) and on MariaDB up to 10.11 (tried), and does not on 11.8
    /// (`sql/privilege.h` of 11.8.6). The versions between 10.11 and 11.8 were not read.
    fileprivate static func superRaises(on version: ServerVersion) -> Bool? {
        switch version.flavour {
        case .mysql: true
        case .mariadb where version.isAtLeast(11, 8, 0): false
        case .mariadb where version.isAtLeast(11, 0, 0): nil
        case .mariadb: true
        }
    }
}

/// All that the lines of `SHOW GRANTS` say.
private struct KnownGrants {
    var lines: [GrantLine]
    /// Whether every line was understood.
    var isComplete: Bool
    /// Whether the name of a database is always a pattern.
    var takesPatterns: Bool

    private static let database = "performance_schema"
    private static let table = "host_cache"

    /// Whether a privilege is given on everything.
    func onEverything(_ privilege: String) -> Bool? {
        let isGranted = lines.contains { $0.object == .everything && !$0.isRevoke && $0.gives(privilege) }
        return isGranted ? true : isComplete ? false : nil
    }

    /// Whether `max_connect_errors` may be set.
    func raises(on version: ServerVersion) -> Bool? {
        let own = onEverything(Grant.raise(on: version).privilege)
        guard own != true, onEverything("SUPER") == true else { return own }
        return switch Privileges.superRaises(on: version) {
        case true?: true
        case false?: own
        case nil: nil
        }
    }

    /// Whether a privilege is given on the host cache's table.
    func onTable(_ privilege: String) -> Bool? {
        let isRevoked = lines.contains { line in
            guard line.isRevoke, case .database(let name) = line.object else { return false }
            return DatabasePattern(text: name).isExactly(Self.database) && line.gives(privilege)
        }
        if !isRevoked, onEverything(privilege) == true { return true }
        var answer: Bool? = isComplete ? false : nil
        for line in lines where !line.isRevoke {
            switch reach(of: line) {
            case true?:
                if line.gives(privilege) { return true }
                if line.columnPrivileges.contains(privilege) { answer = nil }
            case nil: if line.gives(privilege) { answer = nil }
            case false?: continue
            }
        }
        return answer
    }

    /// Whether a line is about the host cache's table; nil where the server may see it either way.
    private func reach(of line: GrantLine) -> Bool? {
        switch line.object {
        case .everything, .other: return false
        case .table(let database, let name):
            return database.lowercased() == Self.database && name.lowercased() == Self.table
        case .database(let name):
            let pattern = DatabasePattern(text: name)
            if pattern.isExactly(Self.database) { return true }
            guard pattern.fits(Self.database) else { return false }
            // Of several that fit, the server takes the narrowest only (`acl_get`).
            return takesPatterns && patterns == 1 ? true : nil
        }
    }

    /// How many lines name a database that may be the performance schema.
    private var patterns: Int {
        lines.count { line in
            guard !line.isRevoke, case .database(let name) = line.object else { return false }
            return DatabasePattern(text: name).fits(Self.database)
        }
    }
}

extension GrantLine {
    fileprivate func gives(_ privilege: String) -> Bool {
        privileges.contains(privilege) || privileges.contains("ALL PRIVILEGES")
    }
}
