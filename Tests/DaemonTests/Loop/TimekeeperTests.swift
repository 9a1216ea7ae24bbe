import Daemon
import TestSupport
import Testing

struct TimekeeperTests {
    private let clock = ManualClock()

    @Test func `a wall time in the past is that long ago, one in the future is unknown`() {
        let timekeeper = Timekeeper.manual(clock)
        clock.advance(by: .seconds(100))
        let now = Timekeeper.wallAtZero + .seconds(100)
        #expect(timekeeper.instant(ofWall: now - .seconds(30)) == .seconds(70))
        #expect(timekeeper.instant(ofWall: now) == .seconds(100))
        #expect(timekeeper.instant(ofWall: now + .milliseconds(1)) == nil)
    }

    @Test func `a moment becomes wall time by its age`() {
        let timekeeper = Timekeeper.manual(clock, wallIsOffBy: .seconds(-3600))
        clock.advance(by: .seconds(100))
        #expect(timekeeper.wall(of: .seconds(70)) == Timekeeper.wallAtZero - .seconds(3530))
    }
}
