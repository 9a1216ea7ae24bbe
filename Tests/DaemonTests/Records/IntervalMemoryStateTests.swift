import Daemon
import HostCacheCore
import TestSupport
import Testing

/// The way of a target group's memory through the document, over daemons and clocks.
struct IntervalMemoryStateTests {
    private let clock = ManualClock()

    private var sample: IntervalMemory {
        var memory = IntervalMemory()
        memory.original = IntervalChange(
            interval: .seconds(30),
            timeout: .seconds(10),
            healthyThreshold: 5
        )
        memory.last = .seconds(900)
        memory.set = .seconds(300)
        memory.corrections = [.seconds(100), .seconds(900)]
        return memory
    }

    /// The document after 1000 s of this process.
    private func document(_ memory: IntervalMemory) -> StateDocument.TargetGroup {
        clock.advance(by: .seconds(1000))
        return StateDocument.TargetGroup(memory, timekeeper: .manual(clock))
    }

    @Test func `a memory comes back as it went`() {
        #expect(document(sample).memory(.manual(clock)) == sample)
        #expect(document(IntervalMemory()).memory(.manual(clock)) == IntervalMemory())
    }

    @Test func `the original without a timeout or a threshold comes back without`() {
        var memory = IntervalMemory()
        memory.original = IntervalChange(interval: .seconds(30), timeout: nil, healthyThreshold: nil)
        #expect(document(memory).memory(.manual(clock)) == memory)
    }

    @Test func `the next daemon finds it by wall time`() {
        let document = document(sample)
        // Its own clock begins at zero, ten seconds after.
        let memory = document.memory(.manual(ManualClock(), wallIsOffBy: .seconds(1010)))
        var expected = sample
        expected.last = .seconds(-110)
        expected.corrections = [.seconds(-910), .seconds(-110)]
        #expect(memory == expected)
    }

    @Test func `a latch and its corrections end with the daemon, the last change and the original stay`() {
        var latched = sample
        latched.isLatched = true
        var expected = sample
        expected.corrections = []
        #expect(document(latched).memory(.manual(clock)) == expected)
    }

    @Test func `times in the future or unreadable count as now: never too many corrections`() {
        var document = document(sample)
        document.corrections.append("noon")
        // Somebody set the wall clock back by an hour.
        let memory = document.memory(.manual(clock, wallIsOffBy: .seconds(-3600)))
        var expected = sample
        expected.last = .seconds(1000)
        expected.corrections = Array(repeating: .seconds(1000), count: 3)
        #expect(memory == expected)
    }
}
