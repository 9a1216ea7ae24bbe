import HostCacheCore

/// One line on the state of all servers, for `systemctl status`.
package struct StatusLine: CustomStringConvertible {
    package var statuses: [ServerStatus]

    package init(_ statuses: [ServerStatus]) {
        self.statuses = statuses
    }

    package var description: String {
        let up = statuses.count { $0.isUp }
        let blind = statuses.count { $0.look?.exposure == .blind }
        let refusing = statuses.filter { $0.failure?.reason == .blocked }.map(\.name)
        let blocked = statuses.reduce(0) { $0 + ($1.look?.blockedHosts ?? 0) }
        let next = statuses.compactMap { status in status.look?.nextFlush.map { (status.name, $0) } }
            .min { $0.1 < $1.1 }
        let parts = [
            "\(up) of \(statuses.count) \(statuses.count == 1 ? "server" : "servers") up",
            refusing.isEmpty ? nil : "refused with 1129 by \(refusing.joined(separator: " "))",
            blind == 0 ? nil : "\(blind) blind",
            blocked == 0 ? nil : "\(blocked) \(blocked == 1 ? "host" : "hosts") blocked",
            // A moment, not a span, and to the minute: it is computed from whole seconds of the server's clock
            // and wavers, and the line is to change only when something does.
            next.map { "next flush of \($0.0) at \(WallClock.text($0.1).prefix(16))Z" },
        ]
        return parts.compactMap(\.self).joined(separator: ", ")
    }
}
