import Daemon
import Testing

struct IntervalBoardTests {
    private let board = IntervalBoard()

    private func interval(of arns: [String], at seconds: Int64 = 0) -> Duration {
        board.interval(of: arns, assumed: .seconds(7), at: .seconds(seconds))
    }

    @Test func `without a group, or before its first look, the assumed interval counts`() {
        board.write("a", interval: .seconds(300), at: .zero)
        #expect(interval(of: []) == .seconds(7))
        #expect(interval(of: ["b"]) == .seconds(7))
    }

    @Test func `the longest of several counts, while one is unknown the shortest known`() {
        board.write("a", interval: .seconds(300), at: .zero)
        board.write("b", interval: .seconds(30), at: .zero)
        #expect(interval(of: ["a", "b"]) == .seconds(300))
        #expect(interval(of: ["a", "b", "c"]) == .seconds(30))
    }

    @Test(arguments: [(3699, 300), (3700, 300), (3701, 7)] as [(Int64, Int64)])
    func `a reading stands for an hour`(_ now: Int64, _ seconds: Int64) {
        board.write("a", interval: .seconds(300), at: .seconds(100))
        #expect(interval(of: ["a"], at: now) == .seconds(seconds))
    }

    @Test func `the last reading of a group counts`() {
        board.write("a", interval: .seconds(30), at: .zero)
        board.write("a", interval: .seconds(300), at: .seconds(60))
        #expect(interval(of: ["a"], at: 3660) == .seconds(300))
    }
}
