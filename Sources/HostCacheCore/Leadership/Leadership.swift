/// Which of several daemons acts on a server first, by the answer of the server's lock.
///
/// The lock spares double work and gates nothing: flushing twice does no harm, so a follower that sees the
/// holder leave something due undone acts all the same (``Patience``).
package enum Leadership: Hashable, Sendable {
    /// Nobody asked: this daemon does not flush this server, or only looks once.
    case notSought
    /// This daemon's connection holds the lock.
    case holder
    /// Another connection holds it: its `CONNECTION_ID()`; nil when it took it at this very moment.
    case follower(of: UInt64?)
    /// The server has no such lock, with its error code; nil when it gave none.
    ///
    /// MariaDB 10.4.29, 10.5.20, 10.6.13 and 10.11.3 refuse `GET_LOCK` on a Galera node with 1235 (MDEV-30473,
    /// taken back by MDEV-31325 in the next versions); Percona XtraDB Cluster refuses it with 1105 while
    /// `pxc_strict_mode` is `ENFORCING`.
    case refused(code: UInt32?)

    /// Whether another daemon is to act first.
    package var isFollower: Bool {
        if case .follower = self { true } else { false }
    }
}

extension Policy {
    /// Whether this daemon takes the lock: only one that flushes, so that no other stands in its way.
    package var seeksLeadership: Bool { isEnforcing && actions.contains(.flush) }

    /// How long the server keeps an idle session, and with it the lock of a daemon that is frozen or cut off.
    ///
    /// Three of the longest sleeps between looks, and 30 s at least.
    package var idleLimit: Duration { max(.seconds(30), checkInterval * 3) }
}
