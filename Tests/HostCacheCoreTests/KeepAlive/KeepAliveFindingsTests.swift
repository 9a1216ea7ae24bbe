import HostCacheCore
import Testing

@Suite struct KeepAliveFindingsTests {
    private func findings(
        _ outcomes: [String: KeepAliveOutcome],
        window: Duration = .seconds(500),
        via: Int = 2,
        runs: Bool = true
    ) throws -> [Finding] {
        try #require(KeepAlivePlan(window: .after(window))).findings(outcomes, via: via, runs: runs)
    }

    @Test func `logins that prove themselves are fine`() throws {
        let each = "keep-alive logins through 2 addresses or names: each every 2 min 5 s, 692 logins a day"
        #expect(
            try findings(["10.0.1.23": .proved, "10.0.2.23": .proved]) == [Finding(.keepAlive, .ok, each)]
        )
        #expect(try findings([:], runs: false) == [Finding(.keepAlive, .ok, "\(each), in enforce only")])
    }

    @Test func `an address that shows the server ours is a finding of its own`() throws {
        let found = try findings(["10.0.1.23": .proved, "10.0.2.23": .ownAddress])
        #expect(found.map(\.code) == [.addressPreserved, .keepAlive])
        #expect(found.map(\.level) == [.warning, .ok])
        #expect(
            found.first?.title
                == "the server sees our own address through 10.0.2.23: keep-alive logins there do not help"
        )
    }

    @Test(arguments: [.failed, .unknown] as [KeepAliveOutcome])
    func `an address without a proof is a warning`(_ outcome: KeepAliveOutcome) throws {
        let found = try findings(["10.0.1.23": .proved, "10.0.2.23": outcome])
        #expect(found.map(\.level) == [.warning])
        #expect(found.first?.title == "keep-alive logins prove nothing through 10.0.2.23")
    }

    @Test func `where nothing of late is known nothing is fine`() throws {
        let found = try findings([:])
        #expect(found.map(\.level) == [.warning])
        #expect(found.first?.title == "no keep-alive login of late is known of")
    }

    @Test func `a window that is too short is a warning`() throws {
        let found = try findings(["10.0.1.23": .proved], window: .milliseconds(3_999), via: 1)
        #expect(found.map(\.level) == [.warning])
        #expect(
            found.first?.title == "keep-alive logins cannot keep up: a clean address is blocked in 3 s"
        )
    }
}
