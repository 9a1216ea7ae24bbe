/// An account of a server: a user and the hosts it may log in from.
package struct Account: Hashable, Sendable {
    package var user: String
    /// A host, an address or a pattern, as the account was made.
    package var host: String

    package init(user: String, host: String) {
        self.user = user
        self.host = host
    }

    /// Reads what `CURRENT_USER()` gives, `user@host` without quotes; nil without an `@`.
    ///
    /// A user may have an `@` in its name, a host never has.
    package init?(currentUser text: String) {
        guard let at = text.lastIndex(of: "@") else { return nil }
        self.init(user: String(text[..<at]), host: String(text[text.index(after: at)...]))
    }
}

extension Account: CustomStringConvertible {
    /// As a statement takes it: `'hostcached'@'%'`.
    package var description: String { "\(Self.quoted(user))@\(Self.quoted(host))" }

    /// In single quotes; in backticks where there is a backslash, whose meaning in single quotes `sql_mode` decides.
    private static func quoted(_ name: String) -> String {
        let quote: Character = name.contains("\\") ? "`" : "'"
        let inside = name.map { $0 == quote ? "\(quote)\(quote)" : "\($0)" }.joined()
        return "\(quote)\(inside)\(quote)"
    }
}
