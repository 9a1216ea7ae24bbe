import Glibc

/// Processor time in user and kernel mode, as getrusage(2) counts it.
enum ProcessorTime {
    /// Of this process.
    static var ofSelf: Duration { read(RUSAGE_SELF.rawValue) }
    /// Of children that have ended and were waited for.
    static var ofChildren: Duration { read(RUSAGE_CHILDREN.rawValue) }

    private static func read(_ who: Int32) -> Duration {
        var usage = rusage()
        getrusage(who, &usage)
        return duration(usage.ru_utime) + duration(usage.ru_stime)
    }

    private static func duration(_ time: timeval) -> Duration {
        .seconds(time.tv_sec) + .microseconds(time.tv_usec)
    }
}

extension Duration {
    /// Whole milliseconds, rounded down.
    var milliseconds: Int { Int(self / .milliseconds(1)) }
}
