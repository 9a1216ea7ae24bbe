/// What the operator wants for one server.
package struct Policy: Hashable, Sendable {
    /// The limit wanted, 1 to 4294967295.
    package var wantedLimit: UInt64 = 5000
    /// Whether anything may be changed at all; false is `observe`.
    package var isEnforcing = false
    /// What may be done.
    package var actions: Set<Action> = [.flush, .raise]
    package var raiseWith = RaiseWith.automatic
    package var flushWith = FlushWith.automatic
    /// Whose rows make a flush due; nil: load balancers where any are known, else any.
    package var flushFor: FlushFor?
    /// Addresses of load balancers in the text form that the rows have, and ranges of them, as ``AddressSet`` takes
    /// them.
    package var loadBalancers: Set<String> {
        get { balancerAddresses.texts }
        set { balancerAddresses = AddressSet(newValue) }
    }
    /// The same, made once for all rows.
    private var balancerAddresses = AddressSet([])
    /// The health-check interval of an address's own load balancer, by address; where it is not known, the
    /// server's counts.
    package var ownIntervals: [String: Duration] = [:]
    /// Whether logins through the load balancer are made, which act only on what a look has shown.
    package var keepsAlive = false
    /// Errors one health check makes, assumed until measured: 1 to 1000.
    package var errorsPerHealthCheck: UInt64 = 6
    /// Flush when this share of the window has passed.
    package var flushWithin = Share.half
    /// Flush when this share of the limit is spent.
    package var flushAt = Share.half
    package var checkInterval = Duration.seconds(30)
    package var guardRails = GuardRails()
    /// ARNs of the target groups that check this server, for the remedies that name them.
    package var targetGroups: [String] = []
    /// The health-check interval wanted.
    package var wantedInterval = Duration.seconds(300)

    package init() {}

    /// One thing the daemon may do to a server.
    package enum Action: String, Hashable, Sendable, CaseIterable {
        case flush
        case raise
    }

    /// How to raise the limit.
    package enum RaiseWith: Hashable, Sendable {
        /// `SET PERSIST` where the server has it, else `SET GLOBAL`.
        case automatic
        case persist
        case global
        case never
    }

    /// How to flush.
    package enum FlushWith: Hashable, Sendable {
        /// By flavour, version and performance schema.
        case automatic
        case statement(FlushStatement)
    }

    /// Whose errors make a flush due.
    package enum FlushFor: Hashable, Sendable {
        case loadBalancers
        case any
    }

    /// How to raise the limit of one server.
    ///
    /// Never of HeatWave MySQL unless the operator says how: changing the limit there "results in a loss of
    /// connectivity on the Query PrivateLink" (HeatWave on AWS manual, "PrivateLink Limitations").
    package func raising(on settings: ServerSettings) -> RaiseWith {
        raiseWith == .automatic && settings.isHeatWave ? .never : raiseWith
    }

    /// Whether errors of this address make a flush due.
    package func watches(_ address: String) -> Bool {
        switch flushFor ?? (loadBalancers.isEmpty ? .any : .loadBalancers) {
        case .any: true
        case .loadBalancers: isLoadBalancer(address)
        }
    }

    /// Whether an address is a load balancer's.
    package func isLoadBalancer(_ address: String) -> Bool { balancerAddresses.contains(address) }
}
