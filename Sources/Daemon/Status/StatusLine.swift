import HostCacheCore

/// One line on the state of all servers, for `systemctl status`.
package struct StatusLine: CustomStringConvertible {
    package var statuses: [ServerStatus]

    /// Problems of a configuration that was refused; 0 when the one read last runs.
    package var refusedProblems: Int

    package init(_ statuses: [ServerStatus], refusedProblems: Int = 0) {
        self.statuses = statuses
        self.refusedProblems = refusedProblems
    }

    package var description: String {
        let up = statuses.count { $0.isUp }
        let blind = statuses.count { $0.look?.exposure == .blind }
        let harmless = statuses.count { $0.look?.exposure.canBlock == false }
        let refusing = statuses.filter { $0.failure?.reason == .blocked }.map(\.name)
        let blocked = statuses.reduce(0) { $0 + ($1.look?.blockedHosts ?? 0) }
        let next = statuses.compactMap { status in status.look?.nextFlush.map { (status.name, $0) } }
            .min { $0.1 < $1.1 }
        let problems = "\(refusedProblems) \(refusedProblems == 1 ? "problem" : "problems")"
        let parts = [
            // First, since systemctl status cuts a long line.
            refusedProblems == 0 ? nil : "new configuration refused (\(problems), see the log)",
            "\(up) of \(statuses.count) \(statuses.count == 1 ? "server" : "servers") up",
            refusing.isEmpty ? nil : "refused with 1129 by \(refusing.joined(separator: " "))",
            blind == 0 ? nil : "\(blind) blind",
            harmless == 0 ? nil : "\(harmless) cannot block",
            blocked == 0 ? nil : "\(blocked) \(blocked == 1 ? "host" : "hosts") blocked",
            // A moment, not a span, and to the minute: it is computed from whole seconds of the server's clock
            // and wavers, and the line is to change only when something does.
            next.map { "next flush of \($0.0) at \(WallClock.text($0.1).prefix(16))Z" },
        ]
        return parts.compactMap(\.self).joined(separator: ", ")
    }
}
