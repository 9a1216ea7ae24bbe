/// How often to log in through each address of a load balancer.
///
/// A login that succeeds sets the address's `SUM_CONNECT_ERRORS` to zero (`check_connection` in
/// `sql_connect.cc`). Four logins fit into the time from clean to blocked, so that one may fail and one may come
/// while errors arrive.
package struct KeepAlivePlan: Hashable, Sendable {
    /// The shortest time between two logins through one address.
    package static let shortestPeriod = Duration.seconds(2)

    /// From clean to blocked at the rate in force.
    package let window: Duration
    /// From one login to the next: a quarter of the window.
    package let period: Duration

    /// Nil when nobody is ever blocked: then no login is needed.
    package init?(window: TimeToBlock) {
        guard let window = window.duration else { return nil }
        self.window = window
        period = max(Self.shortestPeriod, window / 4)
    }

    /// How long a login keeps an address: the next one may fail.
    package var holds: Duration { period * 2 }

    /// Whether logins can keep up with the errors.
    package var keepsUp: Bool { holds <= window }

    /// Logins a day through one address, rounded up.
    package var loginsPerDay: Int64 {
        let (day, each) = (Duration.seconds(86_400).wholeMicroseconds, period.wholeMicroseconds)
        return Int64(clamping: (day + each - 1) / each)
    }
}

extension KeepAlivePlan: CustomStringConvertible {
    /// `every 2 min 5 s, 692 logins a day`.
    package var description: String {
        "every \(period.phrase), \(loginsPerDay) \(loginsPerDay == 1 ? "login" : "logins") a day"
    }
}
