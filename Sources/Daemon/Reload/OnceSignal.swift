/// Something that happens once, for one task that waits for it.
struct OnceSignal: Sendable {
    private let stream: AsyncStream<Void>
    private let continuation: AsyncStream<Void>.Continuation

    init() {
        (stream, continuation) = AsyncStream.makeStream()
    }

    /// Says that it has happened.
    func send() {
        continuation.finish()
    }

    /// Waits until it has happened, or the task is cancelled.
    func wait() async {
        for await _ in stream {}
    }
}
