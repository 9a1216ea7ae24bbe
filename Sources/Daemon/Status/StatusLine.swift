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
        let problems = "\(refusedProblems) \(refusedProblems == 1 ? "problem" : "problems")"
        let parts = [
            // First, since systemctl status cuts a long line.
            refusedProblems == 0 ? nil : "new configuration refused (\(problems), see the log)",
            "\(up) of \(statuses.count) \(statuses.count == 1 ? "server" : "servers") up",
            refusing.isEmpty ? nil : "refused with 1129 by \(refusing.joined(separator: " "))",
            blind == 0 ? nil : "\(blind) blind",
            harmless == 0 ? nil : "\(harmless) cannot block",
            blocked == 0 ? nil : "\(blocked) \(blocked == 1 ? "host" : "hosts") blocked",
            nextFlush,
        ]
        return parts.compactMap(\.self).joined(separator: ", ")
    }

    /// The flush that comes first, or would come: one that is due by now has no time any more.
    private var nextFlush: String? {
        let looks = statuses.compactMap { status in status.look.map { (name: status.name, look: $0) } }
            .filter { $0.look.flushes != .leaves }
        if let due = looks.first(where: \.look.isFlushDue) {
            return due.look.flushes == .sends ? "flush of \(due.name) is due" : "would flush \(due.name) now"
        }
        let next = looks.compactMap { server in server.look.nextFlush.map { (server, at: $0) } }
            .min { $0.at < $1.at }
        return next.map { server, instant in
            let time = Self.minute(instant)
            return server.look.flushes == .sends
                ? "next flush of \(server.name) at \(time)" : "would flush \(server.name) at \(time)"
        }
    }

    /// A moment, not a span, and to the minute: it is computed from whole seconds of the server's clock and wavers,
    /// and the line is to change only when something does.
    ///
    /// Rounded up, so that it is no moment of the past while it is still to come.
    private static func minute(_ time: Duration) -> String {
        let minutes = (time.wholeSeconds + 59) / 60
        return "\(WallClock.text(.seconds(minutes * 60)).prefix(16))Z"
    }
}
