import HostCacheCore
import Testing

@Suite struct PolicyTests {
    @Test(
        arguments: [
            (nil, [], ["10.0.1.23", "10.0.2.23"]),
            (nil, ["10.0.1.23"], ["10.0.1.23"]),
            (.any, ["10.0.1.23"], ["10.0.1.23", "10.0.2.23"]),
            (.loadBalancers, ["10.0.1.23"], ["10.0.1.23"]),
            (.loadBalancers, [], []),
        ] as [(Policy.FlushFor?, Set<String>, [String])]
    )
    func `load balancers are watched where any are known, else everybody`(
        flushFor: Policy.FlushFor?,
        loadBalancers: Set<String>,
        watched: [String]
    ) {
        var policy = Policy()
        policy.flushFor = flushFor
        policy.loadBalancers = loadBalancers
        #expect(["10.0.1.23", "10.0.2.23"].filter(policy.watches) == watched)
    }

    @Test func `addresses in a range are load balancers', and so watched`() {
        var policy = Policy()
        policy.loadBalancers = ["35.191.0.0/16", "fe80::1"]
        let addresses = ["35.191.4.5", "35.192.0.1", "fe80::1%eth0", "fe80::2%eth0"]
        #expect(addresses.filter(policy.isLoadBalancer) == ["35.191.4.5", "fe80::1%eth0"])
        #expect(addresses.filter(policy.watches) == ["35.191.4.5", "fe80::1%eth0"])
        // Taken anew, as after a lookup of names.
        #expect(policy.knowing(["35.192.0.1"], isComplete: true).isLoadBalancer("35.192.0.1"))
    }

    @Test func `a policy changes nothing unless it is told to`() {
        #expect(!Policy().isEnforcing)
    }
}
