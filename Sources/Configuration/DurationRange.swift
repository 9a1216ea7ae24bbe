/// The durations that a key takes, both ends included.
struct DurationRange: Sendable {
    let bounds: ClosedRange<Duration>
    /// As the documentation writes it, such as `1s to 1h`.
    let text: String

    static let secondToHour = Self(bounds: .seconds(1) ... .seconds(3600), text: "1s to 1h")
    static let secondToMinute = Self(bounds: .seconds(1) ... .seconds(60), text: "1s to 60s")
    /// What the interval of a target group can be.
    static let healthCheckInterval = Self(bounds: .seconds(5) ... .seconds(300), text: "5s to 300s")
}
