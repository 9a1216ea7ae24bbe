import HostCacheCore

/// What the audit has of one server.
extension ServerLoop {
    /// Records a scheduled flush that was skipped since nothing was spent.
    func recordSkip(_ assessment: Assessment, _ seen: Observation) async {
        guard assessment.events.contains(.flushSkipped) else { return }
        await records.append(entry(.skipped, .flush, seen))
    }

    /// A new audit entry on this server.
    func entry(
        _ phase: AuditEntry.Phase,
        _ action: Policy.Action,
        _ seen: Observation
    ) -> AuditEntry {
        let time = WallClock.text(timekeeper.wall())
        return AuditEntry(
            phase,
            id: records.newID(at: time),
            server: name,
            identity: seen.identity,
            action: action.rawValue,
            time: time
        )
    }

    /// The outcome that belongs to an intent.
    func outcome(of intent: AuditEntry, _ result: AuditEntry.Result, detail: String? = nil) async {
        var entry = intent
        entry.phase = .outcome
        entry.time = WallClock.text(timekeeper.wall())
        entry.hosts = nil
        entry.hostsOmitted = nil
        entry.result = result
        entry.detail = detail
        await records.append(entry)
    }
}
