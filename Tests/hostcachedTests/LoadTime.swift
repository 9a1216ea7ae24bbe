import FoundationEssentials
import TestSupport

/// How long a server is loaded by the suites that let real time pass.
enum LoadTime {
    /// 1, or what `HOSTCACHED_SOAK_MINUTES` says: `make soak`.
    static let minutes: Int = {
        guard let text = ProcessInfo.processInfo.environment["HOSTCACHED_SOAK_MINUTES"] else { return 1 }
        guard let minutes = Int(text), minutes >= 1 else {
            fatalError("HOSTCACHED_SOAK_MINUTES is \"\(text)\", wanted a whole number from 1")
        }
        return minutes
    }()

    /// Ten seconds in a quick run.
    static let span: Duration = TestExtent.isQuick ? .seconds(10) : .seconds(60) * minutes

    /// Prints what a long load came to, for the note of whoever asked for it.
    static func report(_ what: String, _ figures: String) {
        if minutes > 1 { print("soak: \(what), \(minutes) min: \(figures)") }
    }
}
