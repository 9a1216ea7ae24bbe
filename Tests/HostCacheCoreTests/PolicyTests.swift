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

    @Test func `a policy changes nothing unless it is told to`() {
        #expect(!Policy().isEnforcing)
    }
}
