import Daemon
import HostCacheCore
import TestSupport
import Testing

/// The way of memory and counters through the document, over daemons and clocks.
struct StateMemoryTests {
    private let clock = ManualClock()

    private var sample: Memory {
        var memory = Memory()
        memory.flushes.last = .seconds(900)
        memory.flushes.lastAttempt = .seconds(950)
        memory.flushes.lastSkip = .seconds(100)
        memory.flushes.recent = [.seconds(900), .seconds(950)]
        memory.bound = ErrorBound(counter: 57, spent: 17, countedSince: .seconds(30), at: .seconds(910))
        memory.raises.original = 100
        memory.raises.last = .seconds(5)
        memory.raises.isPersisted = false
        memory.raises.pending = RaiseMemory.Pending(
            before: 100,
            limit: 5000,
            statement: .global,
            at: .seconds(940)
        )
        memory.raises.repeats = [.seconds(6), .seconds(7)]
        memory.raises.isLatched = true
        memory.measured = ErrorRate(errors: 72, per: .seconds(3600)).map {
            Memory.Measured(at: .seconds(990), rates: ["10.0.1.23": $0], even: ["10.9.9.9"])
        }
        return memory
    }

    @Test func `a memory comes back as it went`() {
        clock.advance(by: .seconds(1000))
        let timekeeper = Timekeeper.manual(clock)
        let process = StateDocument.Process(sample, timekeeper: timekeeper)
        #expect(process.lastFlush == "2026-11-23T02:28:20.000Z")
        #expect(process.memory(timekeeper) == sample)
    }

    @Test(arguments: [0, 1, 999, 1000, 1001]) func `a gap is not shortened by what a text leaves out`(
        microseconds: Int64
    ) throws {
        clock.advance(by: .seconds(1))
        var memory = Memory()
        memory.flushes.begin(at: .microseconds(microseconds))
        let timekeeper = Timekeeper.manual(clock)
        let read = StateDocument.Process(memory, timekeeper: timekeeper).memory(timekeeper)
        let start = try #require(read.flushes.gapBasis)
        #expect(start >= .microseconds(microseconds))
        #expect(start <= .microseconds(microseconds + 1000))
    }

    @Test func `in another process the moments are as old as they are`() {
        clock.advance(by: .seconds(1000))
        let process = StateDocument.Process(sample, timekeeper: .manual(clock))
        // A new process's clock begins at zero, 50 s later by the wall.
        let memory = process.memory(.manual(ManualClock(), wallIsOffBy: .seconds(1050)))
        #expect(memory.flushes.last == .seconds(-150))
        #expect(memory.flushes.lastAttempt == .seconds(-100))
        #expect(memory.flushes.recent == [.seconds(-150), .seconds(-100)])
    }

    @Test func `times in the future are unknown: no shorter gap, no later schedule, no wider cap`() {
        clock.advance(by: .seconds(1000))
        let process = StateDocument.Process(sample, timekeeper: .manual(clock))
        // Somebody set the wall clock back by an hour.
        let later = ManualClock()
        later.advance(by: .seconds(1010))
        let memory = process.memory(.manual(later, wallIsOffBy: .seconds(-3600)))
        var expected = sample
        expected.flushes.last = nil
        expected.flushes.lastAttempt = .seconds(1010)
        expected.flushes.lastSkip = nil
        expected.bound = nil
        expected.flushes.recent = [.seconds(1010), .seconds(1010)]
        expected.raises.last = nil
        expected.raises.pending?.at = .seconds(1010)
        expected.raises.repeats = [.seconds(1010), .seconds(1010)]
        expected.measured = nil
        #expect(memory == expected)
        #expect(memory.flushes.gapBasis == .seconds(1010))
    }

    @Test func `times that cannot be read are unknown too`() {
        var process = StateDocument.Process()
        process.lastFlush = "noon"
        process.flushesLastHour = ["noon"]
        clock.advance(by: .seconds(10))
        var expected = Memory()
        expected.flushes.lastAttempt = .seconds(10)
        expected.flushes.recent = [.seconds(10)]
        #expect(process.memory(.manual(clock)) == expected)
    }

    @Test func `counters come back as they went`() {
        var counters = Counters()
        counters.handshakeErrors = .max
        counters.blockedConnections = 2
        counters.flushes = [.blocked: 3, .manual: 4]
        counters.flushFailures = 5
        counters.limitChanges = 6
        counters.suppressed = [
            Suppression.Kind(action: .flush, reason: "rate_limit"): 7,
            Suppression.Kind(action: .raise, reason: "observe_mode"): 8,
        ]
        #expect(StateDocument.Counters(counters).core == counters)
    }

    @Test func `names that only another version knows are dropped`() {
        var document = StateDocument.Counters()
        document.flushes = ["blocked": 1, "moon": 2]
        document.suppressed = ["flush": ["rate_limit": 3], "interval": ["observe_mode": 4]]
        var expected = Counters()
        expected.flushes = [.blocked: 1]
        expected.suppressed = [Suppression.Kind(action: .flush, reason: "rate_limit"): 3]
        #expect(document.core == expected)
    }
}
