package import HostCacheCore

/// The SQL that makes an account for hostcached, with what each statement is for.
///
/// Without a wish of a configuration it is, byte for byte, `config/grants/FLAVOUR.sql` of the package.
package struct GrantScript: CustomStringConvertible {
    private let wish: GrantWish
    private let flavour: Flavour
    /// Nil: the flavour's versions of today.
    private let version: ServerVersion?
    private let account: Account

    /// - Parameters:
    ///   - wish: What is asked.
    ///   - flavour: Whose server.
    ///   - version: Its version; nil for any of today's, with a line on what is different before.
    package init(_ wish: GrantWish, flavour: Flavour, version: ServerVersion?) {
        self.wish = wish
        self.flavour = flavour
        self.version = version
        account = Account(user: wish.user, host: "%")
    }

    /// With a newline at its end.
    package var description: String {
        ([head, creation, see] + flush + raise + spareFlush).map { $0.joined(separator: "\n") + "\n" }.joined(
            separator: "\n"
        )
    }

    private var head: [String] {
        let servers = wish.servers.isEmpty ? "" : " (\(wish.servers.joined(separator: ", ")))"
        return [
            "-- The account of hostcached on \(serverName)\(servers). Run it as an administrator, on every server.",
            "-- If you can, change '%' to the address hostcached connects from.",
        ]
    }

    private var serverName: String {
        if let version { return "\(version)" }
        return switch flavour {
        case .mysql: "MySQL 8.0 and later"
        case .mariadb: "MariaDB 10.5.2 and later"
        }
    }

    private var creation: [String] {
        [
            "-- Where there is no account yet, with a password of your own:",
            "-- CREATE USER \(account) IDENTIFIED BY 'change-this-password';",
        ]
    }

    private var see: [String] {
        ["-- To look: all that mode = \"observe\" needs.", statement(.see)]
    }

    private var flush: [[String]] {
        guard wish.flushes else { return [] }
        let statements = candidates
        return statements.filter { !($0 == .resize && wish.raises) }.map { flush in
            let isSpare = flush != statements.first
            return [
                "-- To flush with \(flush.sql)\(isSpare ? ", where the other is refused" : "").",
                statement(.flush(with: flush, on: version ?? newest)),
            ]
        }
    }

    /// The flush statements to grant, as a look at such a server would choose them.
    ///
    /// Resizing only where it is asked for, or where raising needs its privilege all the same.
    private var candidates: [FlushStatement] {
        let settings = ServerSettings(
            version: version ?? newest,
            performanceSchema: true,
            skipNameResolve: false,
            hostCacheSize: 128,
            maxConnectErrors: 100
        )
        let all = FlushStatement.candidates(
            for: settings,
            with: wish.flushWith.map { .statement($0) } ?? .automatic
        )
        .filter { $0 != .resize || wish.raises || wish.flushWith == .resize }
        return wish.flushWith == nil ? Array(all.prefix(1)) : all
    }

    /// Whether the privilege for raising is the one for flushing too.
    private var raiseFlushes: Bool { wish.flushes && wish.raises && candidates.contains(.resize) }

    /// What flushes where the statement of choice cannot.
    private var spareFlush: [[String]] {
        guard wish.flushes, flavour == .mysql, wish.flushWith == nil else { return [] }
        var groups: [[String]] = []
        if raiseFlushes {
            groups.append([
                "-- In place of that, where nobody can grant it (Amazon RDS and Aurora): to flush with",
                "-- \(FlushStatement.truncate.sql).",
                "-- \(statement(.flush(with: .truncate, on: version ?? newest)))",
            ])
        }
        guard version?.isAtLeast(8, 3, 0) != true else { return groups }
        let range = version == nil ? "MySQL before 8.3 only, where" : "Where"
        groups.append([
            "-- \(range) performance_schema is OFF or TRUNCATE is refused: to flush with",
            "-- \(FlushStatement.flush.sql).",
            "-- \(statement(.flush(with: .flush, on: version ?? newest)))",
        ])
        return groups
    }

    private var raise: [[String]] {
        guard wish.raises else { return [] }
        let raise = RaiseStatement.choice(for: version ?? newest, with: .automatic) ?? .global
        let grant = Grant.raise(on: version ?? newest)
        let both = [
            "-- To raise with \(raise.word) max_connect_errors, and to flush with",
            "-- \(FlushStatement.resize.sql).",
        ]
        let one = ["-- To raise with \(raise.word) max_connect_errors."]
        let main =
            (raiseFlushes ? both : one) + [
                "-- Leave it out on Amazon RDS and Aurora, where nobody can grant it and the limit is set in the",
                "-- instance's parameter group, and write raise_with = \"never\".",
                statement(grant),
            ]
        guard version == nil else { return [main] }
        let older = Grant.raise(on: oldest)
        let oldName = flavour == .mysql ? "MySQL 5.7" : "MariaDB before 10.5.2"
        return [
            main,
            [
                "-- \(oldName) has no \(grant.privilege). There it takes \(older.privilege), in place of the line above:",
                "-- \(statement(older))",
            ],
        ]
    }

    private func statement(_ grant: Grant) -> String { grant.sql(to: "\(account)") + ";" }

    private var newest: ServerVersion {
        switch flavour {
        case .mysql: ServerVersion(flavour: .mysql, major: 9, minor: 7, patch: 0)
        case .mariadb: ServerVersion(flavour: .mariadb, major: 11, minor: 8, patch: 0)
        }
    }

    private var oldest: ServerVersion {
        switch flavour {
        case .mysql: ServerVersion(flavour: .mysql, major: 5, minor: 7, patch: 0)
        case .mariadb: ServerVersion(flavour: .mariadb, major: 10, minor: 4, patch: 0)
        }
    }
}

extension RaiseStatement {
    /// Its first words.
    fileprivate var word: String {
        switch self {
        case .persist: "SET PERSIST"
        case .global: "SET GLOBAL"
        }
    }
}
