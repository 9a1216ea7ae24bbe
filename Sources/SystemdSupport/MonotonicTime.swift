import Glibc

/// The clock that systemd compares a reload with.
package enum MonotonicTime {
    /// CLOCK_MONOTONIC in microseconds, as `MONOTONIC_USEC` wants it (sd_notify(3)).
    package static func microseconds() -> UInt64 {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return (Duration.seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)).wholeMicroseconds
    }
}
