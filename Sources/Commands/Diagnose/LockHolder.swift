package import HostCacheCore

/// Who holds the lock by which daemons share a server.
package enum LockHolder: Hashable, Sendable {
    /// The server did not say.
    case unknown
    /// Nobody: no daemon in `enforce` that flushes is connected.
    case nobody
    /// A connection, in words.
    case daemon(String)

    /// Whether flushes are wanted by this policy and no daemon is there that would send them.
    package func leavesUnwatched(_ policy: Policy) -> Bool { self == .nobody && policy.seeksLeadership }

    /// What to say of it; nil where it is not known.
    ///
    /// A server that should be watched and is not is a warning: what is due there is not done.
    package func finding(_ policy: Policy) -> Finding? {
        switch self {
        case .unknown: nil
        case .daemon(let name):
            Finding(.leader, .ok, "\(name) holds the lock: that daemon acts first")
        case .nobody where leavesUnwatched(policy):
            Finding(
                .leader,
                .warning,
                "nobody holds the lock: no daemon in enforce watches this server",
                why: "mode is enforce here, and nothing is flushed or raised until a daemon is connected",
                fixes: [
                    Finding.Fix(.shell, "systemctl enable --now hostcached", .lasting),
                    Finding.Fix(
                        .advice,
                        "where it runs, see its log: journalctl -u hostcached -p err",
                        .lasting
                    ),
                ]
            )
        case .nobody:
            Finding(.leader, .ok, "nobody holds the lock: no daemon that flushes watches this server")
        }
    }
}
