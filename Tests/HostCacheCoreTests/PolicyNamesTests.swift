import HostCacheCore
import Testing

@Suite struct PolicyNamesTests {
    @Test(
        arguments: [
            (nil, ["10.0.1.23", "10.0.2.45"], true, [true, true, false]),
            (nil, ["10.0.2.45"], false, [true, true, true]),
            (nil, [], false, [true, true, true]),
            (.loadBalancers, ["10.0.2.45"], false, [true, true, false]),
            (.any, ["10.0.2.45"], true, [true, true, true]),
        ] as [(Policy.FlushFor?, Set<String>, Bool, [Bool])]
    )
    func `addresses of names count too, and while a name has none anybody's do`(
        flushFor: Policy.FlushFor?,
        addresses: Set<String>,
        isComplete: Bool,
        watched: [Bool]
    ) {
        var policy = Policy()
        policy.flushFor = flushFor
        policy.loadBalancers = ["10.0.1.23"]
        let known = policy.knowing(addresses, isComplete: isComplete)
        #expect(
            ["10.0.1.23", addresses.contains("10.0.2.45") ? "10.0.2.45" : "10.0.1.23", "10.9.9.9"].map(
                known.watches
            ) == watched
        )
        #expect(known.loadBalancers == addresses.union(["10.0.1.23"]))
    }
}
