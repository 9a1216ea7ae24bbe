/// How long until an address is blocked, at a given rate.
package enum TimeToBlock: Hashable, Sendable {
    /// That long; zero means blocked now.
    case after(Duration)
    /// The rate is zero, or the server cannot block anyone.
    case never
}

extension TimeToBlock: Comparable {
    package static func < (lhs: Self, rhs: Self) -> Bool {
        switch (lhs, rhs) {
        case (.after(let left), .after(let right)): left < right
        case (.after, .never): true
        case (.never, _): false
        }
    }
}

extension TimeToBlock {
    /// The duration, or nil for never.
    package var duration: Duration? {
        switch self {
        case .after(let duration): duration
        case .never: nil
        }
    }
}

extension TimeToBlock: CustomStringConvertible {
    package var description: String { duration?.phrase ?? "never" }
}
