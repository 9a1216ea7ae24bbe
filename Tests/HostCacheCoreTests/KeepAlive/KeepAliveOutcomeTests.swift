import HostCacheCore
import Testing

@Suite struct KeepAliveOutcomeTests {
    @Test(
        arguments: [
            (["10.0.1.23"], ["10.9.9.9", "127.0.0.1"], .proved),
            (["10.9.9.9"], ["10.9.9.9", "127.0.0.1"], .ownAddress),
            // A name with several addresses, one of them ours.
            (["10.0.1.23", "10.9.9.9"], ["10.9.9.9"], .ownAddress),
            ([], ["10.9.9.9"], .unknown),
            // Behind a gateway the server may see an address that is on no interface of this machine.
            (["10.0.1.23"], nil, .unknown),
            ([], nil, .unknown),
        ] as [(Set<String>, Set<String>?, KeepAliveOutcome)]
    )
    func `only another address than ours is a proof`(
        _ seen: Set<String>,
        _ own: Set<String>?,
        _ outcome: KeepAliveOutcome
    ) {
        #expect(KeepAliveOutcome(seen: seen, own: own) == outcome)
    }
}
