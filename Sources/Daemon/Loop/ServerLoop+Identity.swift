import HostCacheCore
import Logging

extension ServerLoop {
    /// Turns to another server process: with its own memory, and nothing of the one before.
    ///
    /// The first of a run, or another behind the same name after a failover, a switchover or a restore.
    func meet(_ seen: Observation, _ turn: inout Turn) async {
        let before = turn.controller.identity
        let memory = await records.memory(of: name, identity: seen.identity)
        turn.controller.meet(memory ?? Memory())
        let version = "\(seen.settings.version)"
        if let before {
            turn.log.forget()
            turn.log.write(
                .notice,
                "another server answers to this name",
                [.before: before, .identity: seen.identity, .version: version, .limit: "\(seen.limit)"]
            )
        } else {
            turn.log.write(
                .notice,
                "server is up",
                [.identity: seen.identity, .version: version, .limit: "\(seen.limit)"]
            )
        }
        turn.log.know("server", "up")
    }
}
