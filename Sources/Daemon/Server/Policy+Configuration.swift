package import Configuration
package import HostCacheCore

extension Policy {
    /// What a configured server's keys ask for.
    package init(_ server: DaemonConfiguration.Server) {
        self.init()
        wantedLimit = UInt64(server.maxConnectErrors)
        isEnforcing = server.mode == .enforce
        actions = Set(
            server.actions.compactMap { action in
                switch action {
                case .flush: .flush
                case .raise: .raise
                case .interval, .keepAlive: nil
                }
            }
        )
        raiseWith =
            switch server.raiseWith {
            case .auto: .automatic
            case .persist: .persist
            case .global: .global
            case .never: .never
            }
        flushWith =
            switch server.flushWith {
            case .auto: .automatic
            case .flush: .statement(.flush)
            case .truncate: .statement(.truncate)
            case .resize: .statement(.resize)
            }
        flushFor =
            switch server.flushFor {
            case .loadBalancers?: .loadBalancers
            case .any?: .any
            // Where keep-alive logins go in need not be where the server sees the load balancer.
            case nil: server.knowsLoadBalancers || server.keepAlive == nil ? nil : .any
            }
        loadBalancers = Set(server.balancerAddresses)
        keepsAlive = server.keepsAlive
        errorsPerHealthCheck = UInt64(clamping: server.errorsPerHealthCheck)
        // The configuration allows 0.05 to 0.9 only, so a share is always made.
        flushWithin = Share(thousandths: UInt16(clamping: server.flushWithin.thousandths)) ?? .half
        flushAt = Share(thousandths: UInt16(clamping: server.flushAt.thousandths)) ?? .half
        checkInterval = server.checkInterval
        targetGroups = server.targetGroups
        guardRails = GuardRails(
            minFlushGap: server.minFlushGap,
            maxFlushesPerHour: UInt64(clamping: server.maxFlushesPerHour)
        )
    }
}

extension DaemonConfiguration.Server {
    /// From clean to blocked at the assumed rate.
    ///
    /// - Parameter limit: `max_connect_errors`.
    /// - Returns: The window.
    package func assumedWindow(limit: UInt64) -> TimeToBlock {
        ErrorRate(
            errors: UInt64(clamping: errorsPerHealthCheck),
            perHealthCheckInterval: assumedHealthCheckInterval
        )
        .time(for: limit)
    }
}
