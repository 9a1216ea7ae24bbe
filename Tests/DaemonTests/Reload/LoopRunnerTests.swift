import Configuration
import Daemon
import Synchronization
import Testing

@Suite(.timeLimit(.minutes(5))) struct LoopRunnerTests {
    /// What became of the loops, in order, such as `orders begins`.
    private final class Diary: Sendable {
        private let lines = Mutex<[String]>([])
        private let news: AsyncStream<Void>.Continuation
        private let arrivals: AsyncStream<Void>

        init() {
            (arrivals, news) = AsyncStream.makeStream()
        }

        func write(_ line: String) {
            lines.withLock { $0.append(line) }
            news.yield()
        }

        /// Waits for that many lines in all.
        func lines(_ count: Int) async -> [String] {
            while lines.withLock({ $0.count }) < count, !Task.isCancelled {
                for await _ in arrivals { break }
            }
            return lines.withLock { $0 }
        }
    }

    private let diary = Diary()

    /// Loops that only wait to be cancelled.
    private var runner: LoopRunner {
        LoopRunner { [diary] job in
            let name = "\(job.subject)"
            return {
                diary.write("\(name) begins")
                for await _ in AsyncStream<Void>.makeStream().stream {}
                diary.write("\(name) ends")
            }
        }
    }

    /// Runs on the first configuration, and on each other one after the lines that come before it.
    private func run(
        _ first: DaemonConfiguration,
        then steps: [(after: Int, new: DaemonConfiguration?)],
        end: Int
    ) async -> [String] {
        let (reloads, reload) = AsyncStream<Void>.makeStream()
        let news = steps.map { $0.new?.jobs }
        return await withTaskGroup(of: Void.self) { tasks in
            tasks.addTask { [runner] in
                var remaining = news
                await runner.run(first.jobs, reloads: reloads) { remaining.removeFirst() }
            }
            for step in steps {
                _ = await diary.lines(step.after)
                reload.yield()
            }
            let lines = await diary.lines(end)
            tasks.cancelAll()
            return lines
        }
    }

    @Test func `loops that did not change are never touched`() async throws {
        let old = try DaemonConfiguration.servers(("a", ""), ("b", ""), ("c", ""))
        let new = try DaemonConfiguration.servers(("a", ""), ("b", "max_connect_errors = 7"), ("d", ""))
        let lines = await run(old, then: [(3, new)], end: 7)
        #expect(lines.filter { $0.hasPrefix("a") } == ["a begins"])
        #expect(lines.filter { $0.hasPrefix("b") } == ["b begins", "b ends", "b begins"])
        #expect(lines.filter { $0.hasPrefix("c") } == ["c begins", "c ends"])
        #expect(lines.filter { $0.hasPrefix("d") } == ["d begins"])
    }

    @Test func `a refused configuration touches no loop, and the next good one is taken`() async throws {
        let old = try DaemonConfiguration.servers(("a", ""))
        let new = try DaemonConfiguration.servers(("b", ""))
        let lines = await run(old, then: [(1, nil), (1, new)], end: 3)
        #expect(Set(lines.suffix(2)) == ["a ends", "b begins"])
    }

    @Test func `a server that is gone and comes back waits for its own end`() async throws {
        let a = try DaemonConfiguration.servers(("a", ""), ("b", ""))
        let b = try DaemonConfiguration.servers(("b", ""))
        let lines = await run(a, then: [(2, b), (2, a)], end: 4)
        #expect(lines.filter { $0.hasPrefix("a") } == ["a begins", "a ends", "a begins"])
        #expect(lines.filter { $0.hasPrefix("b") } == ["b begins"])
    }

    @Test func `cancelling ends every loop`() async throws {
        let old = try DaemonConfiguration.servers(("a", ""), ("b", ""))
        _ = await run(old, then: [], end: 2)
        #expect(Set(await diary.lines(4)) == ["a begins", "b begins", "a ends", "b ends"])
    }
}
