import TestSupport
import Testing

@Suite(.timeLimit(.minutes(5))) struct ManualClockTests {
    let clock = ManualClock()

    @Test func `moves only by hand, in both directions`() {
        let start = clock.now
        clock.advance(by: .seconds(90))
        let later = clock.now
        clock.advance(by: .seconds(-30))
        #expect(start == .init(offset: .zero))
        #expect(later == .init(offset: .seconds(90)))
        #expect(clock.now == .init(offset: .seconds(60)))
        #expect(start.duration(to: later) == .seconds(90))
        #expect(later.duration(to: start) == .seconds(-90))
        #expect(start.advanced(by: .seconds(90)) == later)
        #expect(start < later)
    }

    @Test func `does not sleep until a moment that has come`() async throws {
        clock.advance(by: .seconds(10))
        try await clock.sleep(until: .init(offset: .seconds(10)))
        #expect(clock.remainingSleeps == [])
    }

    @Test func `wakes whoever is due and nobody else`() async throws {
        let log = Log()
        try await withThrowingTaskGroup { group in
            for seconds in [30, 10, 20] {
                group.addTask { try await log.sleep(.seconds(seconds), on: clock, as: "\(seconds)") }
            }
            await clock.untilSleeping(3)
            #expect(clock.remainingSleeps == [.seconds(10), .seconds(20), .seconds(30)])

            clock.advance(by: .milliseconds(9_999))
            #expect(clock.remainingSleeps == [1, 10_001, 20_001].map { .milliseconds($0) })

            clock.advance(by: .milliseconds(1))
            try await group.next()
            let first = await log.names
            #expect(first == ["10"])
            #expect(clock.remainingSleeps == [.seconds(10), .seconds(20)])

            clock.advance(by: .seconds(20))
            try await group.waitForAll()
        }
        let all = await log.names
        #expect(all == ["10", "20", "30"])
    }

    @Test func `ends a sleep that is cancelled`() async {
        let result = await withTaskGroup(of: Result<Void, any Error>.self) { group in
            group.addTask {
                do {
                    return .success(try await clock.sleep(for: .seconds(1)))
                } catch {
                    return .failure(error)
                }
            }
            await clock.untilSleeping()
            group.cancelAll()
            return await group.next()
        }
        #expect(throws: CancellationError.self) { try result?.get() }
        #expect(clock.remainingSleeps == [])
    }
}

private actor Log {
    private let executor = ThreadExecutor()
    private(set) var names: [String] = []

    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    func sleep(_ duration: Duration, on clock: ManualClock, as name: String) async throws {
        try await clock.sleep(for: duration)
        names.append(name)
    }
}
