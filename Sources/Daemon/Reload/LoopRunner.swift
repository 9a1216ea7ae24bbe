/// Runs a loop for each job, and exchanges those that a new configuration changes.
///
/// Every loop is a child task that races with its own stop signal, so stopping one never touches another.
package struct LoopRunner: Sendable {
    /// Makes the loop of a job; it runs until it is cancelled.
    private let makeLoop: @Sendable (LoopJob) -> @Sendable () async -> Void

    package init(makeLoop: @escaping @Sendable (LoopJob) -> @Sendable () async -> Void) {
        self.makeLoop = makeLoop
    }

    /// A loop that was started.
    private struct Running {
        /// Nil once it was told to stop.
        var job: LoopJob?
        let stop = OnceSignal()
        let ended = OnceSignal()
    }

    /// Runs until cancelled, or until `reloads` ends and every loop has.
    ///
    /// - Parameters:
    ///   - jobs: What to begin with.
    ///   - reloads: Each element asks for the jobs anew.
    ///   - next: The jobs from here on; nil to go on as before.
    package func run<Reloads: AsyncSequence>(
        _ jobs: [LoopJob],
        reloads: Reloads,
        next: () async -> [LoopJob]?
    ) async where Reloads.Failure == Never {
        await withDiscardingTaskGroup { tasks in
            var running: [LoopJob.Subject: Running] = [:]
            for job in jobs { start(job, &running, &tasks) }
            for await _ in reloads {
                guard let jobs = await next() else { continue }
                let change = LoopChange(from: running.values.compactMap(\.job), to: jobs)
                for subject in change.removed + change.changed.map(\.subject) {
                    running[subject]?.stop.send()
                    running[subject]?.job = nil
                }
                for job in change.changed + change.added { start(job, &running, &tasks) }
            }
        }
    }

    /// Starts a loop; where another one of the same subject still ends, it waits for that.
    ///
    /// Two loops would hold two connections and write the same state.
    private func start(
        _ job: LoopJob,
        _ running: inout [LoopJob.Subject: Running],
        _ tasks: inout DiscardingTaskGroup
    ) {
        let before = running[job.subject]?.ended
        let own = Running(job: job)
        running[job.subject] = own
        let loop = makeLoop(job)
        tasks.addTask {
            await before?.wait()
            await Self.run(loop, until: own.stop)
            own.ended.send()
        }
    }

    private static func run(_ loop: @escaping @Sendable () async -> Void, until stop: OnceSignal) async {
        await withTaskGroup { race in
            race.addTask { await loop() }
            race.addTask { await stop.wait() }
            await race.next()
            race.cancelAll()
        }
    }
}
