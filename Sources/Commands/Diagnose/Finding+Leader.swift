package import HostCacheCore

extension Finding {
    /// Who holds the lock by which daemons share the work; nil for nobody.
    package init(leader: String?) {
        self.init(
            .leader,
            .ok,
            leader.map { "\($0) holds the lock: that daemon acts first" }
                ?? "nobody holds the lock: no daemon in enforce watches this server"
        )
    }
}
