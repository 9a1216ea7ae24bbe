import HostCacheCore
import TestSamples
import TestSupport
import Testing

@Suite struct RateTrackerTests {
    static let address = "10.0.1.23"
    static let span = Duration.seconds(600)

    private func tracker(_ looks: [Observation], span: Duration = Self.span) -> RateTracker {
        var tracker = RateTracker()
        for look in looks { tracker.take(look, span: span) }
        return tracker
    }

    private func look(_ seconds: Int64, _ errors: UInt64, firstSeen: Int64? = 1000) -> Observation {
        .sample(at: seconds, [.sample(spent: errors, firstSeen: firstSeen)])
    }

    private func rate(_ errors: UInt64, _ seconds: Int64) throws -> ErrorRate {
        try #require(ErrorRate(errors: errors, per: .seconds(seconds)))
    }

    @Test(
        arguments: [(5, 600), (30, 600), (299, 600), (300, 600), (301, 602), (3600, 7200)] as [(Int64, Int64)]
    )
    func `the span is two health checks and ten minutes at least`(interval: Int64, span: Int64) {
        #expect(RateTracker.span(interval: .seconds(interval)) == .seconds(span))
    }

    @Test func `the first look is only a base`() {
        let tracker = tracker([look(0, 4000)])
        #expect(tracker.handshakeErrors == 0)
        #expect(tracker.recent(Self.address)?.errors == nil)
        #expect(tracker.sustained(Self.address, at: .seconds(0), span: Self.span) == nil)
        #expect(tracker.sustained(Self.address, at: .seconds(900), span: Self.span) == (try? rate(0, 900)))
    }

    @Test(arguments: [(599, nil), (600, 12), (601, 12)] as [(Int64, UInt64?)])
    func `a rate is known once the span is covered`(end: Int64, errors: UInt64?) throws {
        let tracker = tracker([look(0, 100), look(300, 106), look(end, 112)])
        let expected = try errors.map { try rate($0, end) }
        #expect(tracker.sustained(Self.address, at: .seconds(end), span: Self.span) == expected)
    }

    @Test func `bursts average out over the span`() throws {
        // Six errors in one look, then none in nine: a check every 300 s seen every 30 s.
        let looks = (0...40).map { look($0 * 30, 100 + UInt64(6 * ((Int($0) + 9) / 10))) }
        let tracker = tracker(looks)
        #expect(tracker.sustained(Self.address, at: .seconds(1200), span: Self.span) == (try rate(12, 600)))
        #expect(tracker.handshakeErrors == 24)
        #expect(tracker.recent(Self.address)?.errors == 0)
        #expect(tracker.recent(Self.address)?.elapsed == .seconds(30))
    }

    @Test func `a counter that fell starts anew with all of its value`() throws {
        let tracker = tracker([look(0, 100), look(30, 106), look(60, 6)])
        #expect(tracker.handshakeErrors == 12)
        #expect(tracker.recent(Self.address)?.errors == 6)
        #expect(tracker.sustained(Self.address, at: .seconds(600), span: Self.span) == (try rate(12, 600)))
    }

    @Test func `another FIRST_SEEN starts anew even where the counter is higher`() {
        let tracker = tracker([look(0, 100), look(30, 106, firstSeen: 1010)])
        #expect(tracker.handshakeErrors == 106)
    }

    @Test func `an unknown FIRST_SEEN is no proof of a new row`() {
        let looks = [
            look(0, 100), look(30, 106, firstSeen: nil), look(60, 112), look(90, 118, firstSeen: 1080),
        ]
        #expect(tracker(looks).handshakeErrors == 12 + 118)
    }

    @Test func `a row that appears after the first look began with no errors`() throws {
        let tracker = tracker([.sample(at: 0), look(30, 6, firstSeen: 1020), look(330, 12, firstSeen: 1020)])
        #expect(tracker.handshakeErrors == 12)
        // Its errors came since the look before it was there.
        #expect(tracker.sustained(Self.address, at: .seconds(600), span: Self.span) == (try rate(12, 600)))
    }

    @Test func `a row without errors is watched from its first error on`() {
        let tracker = tracker([look(0, 0), look(30, 6)])
        #expect(tracker.handshakeErrors == 6)
        #expect(tracker.recent(Self.address)?.errors == 6)
    }

    @Test(arguments: [(1200, true), (1201, false)] as [(Int64, Bool)])
    func `a vanished row keeps its rate for one span`(end: Int64, isKept: Bool) throws {
        let gone = Observation.sample(at: 601)
        let tracker = tracker([look(0, 100), look(600, 112), gone, .sample(at: end)])
        let vanished = tracker.vanished(at: .seconds(end), span: Self.span)
        #expect(vanished.map(\.address) == (isKept ? [Self.address] : []))
        #expect(vanished.map(\.rate) == (isKept ? [try rate(12, 600)] : []))
    }

    @Test func `a row that is there has not vanished`() {
        let tracker = tracker([look(0, 100), look(600, 112)])
        #expect(tracker.vanished(at: .seconds(600), span: Self.span).isEmpty)
    }

    @Test func `a row that vanished before its span was covered leaves no rate`() {
        let tracker = tracker([look(0, 100), look(599, 112), .sample(at: 700)])
        #expect(tracker.vanished(at: .seconds(700), span: Self.span).isEmpty)
    }

    @Test func `a row that comes back is a new one`() {
        let tracker = tracker([look(0, 100), .sample(at: 30), look(60, 100, firstSeen: 1050)])
        #expect(tracker.handshakeErrors == 100)
    }

    @Test func `errors after a flush add to those before it`() throws {
        let looks = [look(0, 100), look(300, 106), .sample(at: 330), look(600, 6, firstSeen: 1590)]
        let tracker = tracker(looks)
        #expect(tracker.handshakeErrors == 12)
        #expect(tracker.sustained(Self.address, at: .seconds(600), span: Self.span) == (try rate(12, 600)))
    }

    @Test func `after a restart the rows hold what came since then`() throws {
        let restarted = Observation.sample(at: 60, [.sample(spent: 8, firstSeen: 1050)], uptime: .seconds(20))
        let tracker = tracker([look(0, 100), look(30, 106), restarted])
        #expect(tracker.handshakeErrors == 14)
        #expect(tracker.sustained(Self.address, at: .seconds(60), span: Self.span) == nil)
        #expect(tracker.sustained(Self.address, at: .seconds(640), span: Self.span) == (try rate(8, 600)))
        #expect(tracker.recent(Self.address)?.elapsed == .seconds(20))
    }

    @Test func `refused connections are counted like errors`() {
        let looks = [
            Observation.sample(at: 0, [.sample(spent: 100, blocked: 7)]),
            .sample(at: 30, [.sample(spent: 100, blocked: 9)]),
            .sample(at: 60, [.sample(spent: 1, blocked: 1, firstSeen: 1050)]),
        ]
        #expect(tracker(looks).blockedConnections == 3)
    }

    @Test func `totals saturate`() {
        let looks = [look(0, 0), look(30, .max), look(60, .max - 1, firstSeen: 1050)]
        #expect(tracker(looks).handshakeErrors == .max)
    }

    @Test func `addresses are measured apart`() throws {
        let looks = [Int64(0), 600].map { seconds in
            Observation.sample(
                at: seconds,
                [
                    .sample("10.0.1.23", spent: 100 + UInt64(seconds) / 50),
                    .sample("10.0.2.23", spent: 50 + UInt64(seconds) / 100),
                ]
            )
        }
        let tracker = tracker(looks)
        #expect(tracker.sustained("10.0.1.23", at: .seconds(600), span: Self.span) == (try rate(12, 600)))
        #expect(tracker.sustained("10.0.2.23", at: .seconds(600), span: Self.span) == (try rate(6, 600)))
        #expect(tracker.sustained("10.0.3.23", at: .seconds(600), span: Self.span) == nil)
        #expect(tracker.handshakeErrors == 18)
    }

    @Test func `a server-wide counter that comes into view is only a base`() {
        // A server goes blind: the stand-in row begins with all aborted connections since its start.
        let visible = look(0, 100)
        let blind = Observation.sample(at: 30, settings: .sample(.mariadb), abortedConnects: 1_000_000)
        var first = blind
        first.rows = [blind.blindRow(spent: 1_000_000, arrived: 1_000_000)]
        var later = Observation.sample(at: 60, settings: .sample(.mariadb), abortedConnects: 1_000_004)
        later.rows = [later.blindRow(spent: 1_000_004, arrived: 1_000_004)]
        #expect(tracker([visible, first]).handshakeErrors == 0)
        #expect(tracker([visible, first, later]).handshakeErrors == 4)
        #expect(tracker([first, visible, later]).handshakeErrors == 100)
        #expect(tracker([visible, first, later]).recent("*")?.errors == 4)
    }

    @Test(arguments: 1...8 as ClosedRange<UInt64>)
    func `without a reset the total is what truly arrived`(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        var tracker = RateTracker()
        var errors: [String: UInt64] = [:]
        var arrived: UInt64 = 0
        var instant: Int64 = 0
        for look in 0..<300 {
            for host in 0..<Int.random(in: 0..<4, using: &random) {
                let count = UInt64.random(in: 0..<20, using: &random)
                errors["10.0.0.\(host)", default: 0] += count
                arrived += look == 0 ? 0 : count
            }
            tracker.take(
                .sample(at: instant, errors.map { .sample($0.key, spent: 0, handshakeErrors: $0.value) }),
                span: Self.span
            )
            #expect(tracker.handshakeErrors == arrived)
            instant += Int64.random(in: 1...120, using: &random)
        }
    }

    @Test(arguments: 11...18 as ClosedRange<UInt64>)
    func `with flushes the total and the rates are never more than truly arrived`(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        var tracker = RateTracker()
        var server = SimulatedServer(limit: .max)
        var arrived: [UInt64] = []
        var instants: [Duration] = []
        for _ in 0..<300 {
            server.pass(seconds: Int64.random(in: 1...90, using: &random))
            for _ in 0..<Int.random(in: 0..<12, using: &random) { server.drop(from: "10.0.0.1") }
            if Int.random(in: 0..<8, using: &random) == 0 { server.run(.flush) }
            for _ in 0..<Int.random(in: 0..<4, using: &random) { server.drop(from: "10.0.0.1") }
            let seen = server.look()
            tracker.take(seen, span: Self.span)
            arrived.append(server.arrived)
            instants.append(seen.instant)
            #expect(tracker.handshakeErrors <= server.arrived - arrived[0])
            guard let rate = tracker.sustained("10.0.0.1", at: seen.instant, span: Self.span) else {
                continue
            }
            let start = instants.lastIndex { $0 <= seen.instant - rate.span }
            #expect(start.map { rate.errors <= server.arrived - arrived[$0] } == true)
        }
    }
}
