import Glibc
import SystemdSupport
import Testing

@Suite struct MonotonicTimeTests {
    /// CLOCK_MONOTONIC in whole microseconds.
    private var clock: UInt64 {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return UInt64(time.tv_sec) * 1_000_000 + UInt64(time.tv_nsec) / 1000
    }

    @Test func `it is the clock of systemd, in microseconds`() {
        let before = clock
        let time = MonotonicTime.microseconds()
        #expect((before...clock).contains(time))
    }
}
