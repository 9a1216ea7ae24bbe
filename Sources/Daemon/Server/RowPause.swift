import HostCacheCore
import Synchronization

/// Whether the rows of one server are read at all: the try may have cost the connection, or seconds of each look.
///
/// It outlives the connections to a server. After a read that was too slow the rows are left alone for a minute, twice as
/// long each time, ten minutes at most; meanwhile the server is looked at, raised and flushed without them.
final class RowPause: Sendable {
    private struct State {
        var end: Duration?
        var length: Duration?
        var obstacle = RowReading.Obstacle.slow
        var detail = ""
    }

    private static let shortest = Duration.seconds(60)
    private static let longest = Duration.seconds(600)

    private let state = Mutex(State())

    /// Why the rows are left alone at `instant`; nil where they are to be read.
    func reason(at instant: Duration) -> (obstacle: RowReading.Obstacle, detail: String)? {
        state.withLock { state in
            guard let end = state.end, instant < end else { return nil }
            return (state.obstacle, "\(state.detail); tried again in \((end - instant).phrase)")
        }
    }

    /// Takes note of a read that took too long, or did not end.
    func begin(_ obstacle: RowReading.Obstacle, _ detail: String, at instant: Duration) {
        state.withLock { state in
            let length = min(state.length.map { $0 * 2 } ?? Self.shortest, Self.longest)
            state = State(end: instant + length, length: length, obstacle: obstacle, detail: detail)
        }
    }

    /// Takes note of rows that came.
    func end() {
        state.withLock { $0 = State() }
    }
}
