/// What a new list of jobs asks of the loops that run.
package struct LoopChange: Hashable, Sendable {
    /// To be started.
    package let added: [LoopJob]
    /// To be stopped and started with the new settings.
    package let changed: [LoopJob]
    /// To be stopped.
    package let removed: [LoopJob.Subject]
    /// To go on untouched.
    package let kept: [LoopJob.Subject]

    /// Compares the jobs of the loops that run with those wanted; subjects are unique in each list.
    package init(from old: [LoopJob], to new: [LoopJob]) {
        let before = Dictionary(old.map { ($0.subject, $0) }, uniquingKeysWith: { first, _ in first })
        let wanted = Set(new.map(\.subject))
        added = new.filter { before[$0.subject] == nil }
        changed = new.filter { job in before[job.subject].map { $0 != job } ?? false }
        removed = old.map(\.subject).filter { !wanted.contains($0) }
        kept = new.filter { before[$0.subject] == $0 }.map(\.subject)
    }
}
