/// One line of `SHOW GRANTS`, as far as it says what an account may do with the host cache.
struct GrantLine: Hashable {
    enum Object: Hashable {
        case everything
        /// As it is written: a pattern with `%`, `_` and `\`.
        case database(String)
        case table(database: String, name: String)
        /// A routine or an account to stand in for.
        case other
    }

    /// A partial revoke of MySQL: an exception to what is granted on everything.
    var isRevoke: Bool
    /// In upper case; `ALL PRIVILEGES` among them.
    var privileges: Set<String>
    /// Those that are given on some columns only.
    var columnPrivileges: Set<String>
    var object: Object

    /// What a line says.
    enum Meaning: Hashable {
        case privileges(GrantLine)
        /// A role is granted. Its own privileges have lines of their own while it is active (tried: MariaDB 10.11;
        /// MySQL 9.7 adds them to the account's), none while it is not.
        case role
        /// It gives nothing.
        case nothing
    }

    /// Reads a line; nil when it is not understood.
    ///
    /// Whatever follows the account, such as a password's hash, is not looked at.
    static func meaning(of line: String) -> Meaning? {
        var text = line[...]
        switch GrantToken.next(in: &text) {
        case .word("GRANT"): return meaning(of: &text, isRevoke: false)
        case .word("REVOKE"): return meaning(of: &text, isRevoke: true)
        case .word("SET"): return line.hasPrefix("SET DEFAULT ROLE ") ? .nothing : nil
        default: return nil
        }
    }

    private static func meaning(of text: inout Substring, isRevoke: Bool) -> Meaning? {
        var line = GrantLine(isRevoke: isRevoke, privileges: [], columnPrivileges: [], object: .other)
        let end = isRevoke ? GrantToken.word("FROM") : .word("TO")
        var words: [String] = []
        var names = 0
        while let token = GrantToken.next(in: &text) {
            switch token {
            case end:
                return words.isEmpty && names == 0 || isRevoke ? nil : .role
            case .word("ON") where names == 0:
                guard line.add(words), let object = object(&text, before: end) else { return nil }
                line.object = object
                return .privileges(line)
            case .word(let word): words.append(word)
            case .name: names += 1
            case .sign(","):
                if names == 0 { guard line.add(words) else { return nil } }
                words = []
            case .sign("("):
                guard skipColumns(&text), !words.isEmpty else { return nil }
                line.columnPrivileges.insert(words.joined(separator: " "))
                words = ["("]
            case .sign("@") where names > 0: continue
            case .sign: return nil
            }
        }
        return nil
    }

    /// Takes in the words of one privilege; false when there are none.
    private mutating func add(_ words: [String]) -> Bool {
        // Its columns were just read.
        if words == ["("] { return true }
        guard !words.isEmpty, !words.contains("(") else { return false }
        privileges.insert(words.joined(separator: " "))
        return true
    }

    private static func skipColumns(_ text: inout Substring) -> Bool {
        while let token = GrantToken.next(in: &text) {
            switch token {
            case .sign(")"): return true
            case .name, .word, .sign(","): continue
            case .sign: return false
            }
        }
        return false
    }

    /// What follows ON, and whether the account follows that.
    private static func object(_ text: inout Substring, before end: GrantToken) -> Object? {
        var tokens: [GrantToken] = []
        while let token = GrantToken.next(in: &text), token != end { tokens.append(token) }
        guard !text.isEmpty else { return nil }
        switch tokens {
        case [.sign("*"), .sign("."), .sign("*")]: return .everything
        default: break
        }
        if tokens.count == 3, case .name(let database) = tokens[0], tokens[1] == .sign(".") {
            if tokens[2] == .sign("*") { return .database(database) }
            if case .name(let table) = tokens[2] { return .table(database: database, name: table) }
        }
        switch tokens.first {
        case .word("PROCEDURE"), .word("FUNCTION"), .word("PACKAGE"), .word("LIBRARY"): return .other
        // PROXY ON an account.
        case .name where tokens.dropFirst().first == .sign("@"): return .other
        default: return nil
        }
    }
}
