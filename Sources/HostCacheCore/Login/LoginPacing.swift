/// Spaces logins out after one was refused.
///
/// A refused login is not repeated at the pace of a lost connection: a rotated password must not become a
/// storm that locks the account, and a certificate that is refused counts as a handshake error of the address
/// the login came from (tried with MySQL 9.7).
package struct LoginPacing: Hashable, Sendable {
    /// The wait after the first refusal; each further one doubles it.
    package static let shortest = Duration.seconds(15)
    /// Refused logins in any minute, however often the password changes.
    package static let mostPerMinute = 3
    private static let minute = Duration.seconds(60)

    private let longest: Duration
    /// Refusals in a row of one password.
    private var refusals = 0
    /// When the last was; nil when the last login was accepted.
    private var last: Duration?
    /// Of the last minute, the oldest first.
    private var recent: [Duration] = []

    /// - Parameter longest: The longest wait with an unchanged password.
    package init(longest: Duration = .seconds(300)) {
        self.longest = longest
    }

    /// How long the next login has to wait.
    ///
    /// - Parameters:
    ///   - instant: Now.
    ///   - isNewPassword: Whether the password is another than the one refused last: it is tried at once.
    /// - Returns: Zero for not at all.
    package func wait(at instant: Duration, isNewPassword: Bool) -> Duration {
        var open = instant
        if let last, !isNewPassword { open = max(open, last + pause) }
        if recent.count >= Self.mostPerMinute {
            open = max(open, recent[recent.count - Self.mostPerMinute] + Self.minute)
        }
        return open - instant
    }

    /// Takes note of a refused login.
    package mutating func refused(at instant: Duration, isNewPassword: Bool) {
        refusals = isNewPassword ? 1 : refusals + 1
        last = instant
        recent = recent.filter { $0 + Self.minute > instant } + [instant]
    }

    /// Takes note of a login that was let in.
    package mutating func accepted() {
        refusals = 0
        last = nil
    }

    private var pause: Duration {
        // Twenty doublings are past every longest wait.
        min(longest, Self.shortest * (1 << min(max(0, refusals - 1), 20)))
    }
}
