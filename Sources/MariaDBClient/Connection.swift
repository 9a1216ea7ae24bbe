import Dispatch
import Replies
import Synchronization

/// The blocking side of a session: one handle, and the queue that every C call runs on.
///
/// A serial queue has a thread of its own while it works, apart from the shared pool's threads, so a
/// server that hangs holds up nobody else. The bounds are kept on one more queue, which never blocks.
final class Connection: @unchecked Sendable {
    // Proof: `handle` is the only mutable state without a lock. Only `perform` (with the bodies of `open` and
    // `query`) and `dropHandle` use it, and both check that they run on `queue`, which runs one block at a
    // time. `deinit` has the last reference.
    private var handle: Handle?

    private enum Phase {
        /// To `busy` or `ended`.
        case idle
        /// To `idle` or `ended`.
        case busy
        /// The end.
        case ended
    }

    private let phase = Mutex(Phase.idle)
    private let interrupter = Interrupter()
    private let queue = DispatchQueue(label: "hostcached.mariadb")
    private static let bounds = DispatchQueue(label: "hostcached.mariadb.bounds")

    /// What is worth knowing of a fresh connection.
    struct Greeting: Sendable {
        let serverVersion: String
        let cipher: String?
        let connectionID: UInt64
        let peerAddress: String?
    }

    /// Connects; to be called once, first.
    func open(_ endpoint: Endpoint, as login: Login) async throws(MariaDBError) -> Greeting {
        try await run(.connect(endpoint.address), within: endpoint.connectTimeout) {
            (connection) throws(MariaDBError) in
            let handle = try Handle.connect(to: endpoint, as: login, interruptedBy: connection.interrupter)
            let greeting = Greeting(
                serverVersion: handle.serverVersion,
                cipher: handle.cipher,
                connectionID: handle.connectionID,
                peerAddress: connection.interrupter.peerAddress
            )
            connection.handle = consume handle
            return greeting
        }
    }

    /// Runs one statement; a second at the same time is refused.
    func query(_ sql: String, within bound: Duration) async throws(MariaDBError) -> ResultSet {
        try await run(.query, within: bound) { (connection) throws(MariaDBError) in
            guard let result = try connection.handle?.query(sql) else { throw .ended }
            return result
        }
    }

    /// Runs one statement and hands each row to `take`, on the connection's queue.
    func read<Output: Sendable>(
        _ sql: String,
        columns: [String],
        atMost most: Int,
        into empty: Output,
        within bound: Duration,
        _ take: @escaping @Sendable (inout Output, borrowing Fields) -> Void
    ) async throws(MariaDBError) -> Output {
        try await run(.query, within: bound) { (connection) throws(MariaDBError) in
            guard
                let output = try connection.handle?.read(
                    sql,
                    columns: columns,
                    atMost: most,
                    into: empty,
                    take
                )
            else {
                throw .ended
            }
            return output
        }
    }

    /// Closes and waits for it, a second at most; cuts off a statement that runs.
    ///
    /// Cancellation does not shorten it: closing is what a cancelled task still has to do.
    ///
    /// False where the connection had ended before, or was cut off: then the server may be busy with it still.
    func close() async -> Bool {
        guard let (reply, wasIdle) = startClosing() else { return false }
        Self.bounds.asyncAfter(deadline: .now() + .seconds(1)) { [weak reply] in reply?.give(.success(())) }
        _ = await reply.wait()
        return wasIdle
    }

    /// Closes without waiting.
    func abandon() { _ = startClosing() }

    private func startClosing() -> (reply: Reply<Void, MariaDBError>, wasIdle: Bool)? {
        let before = phase.withLock { phase in
            defer { phase = .ended }
            return phase
        }
        let wasIdle: Bool
        switch before {
        case .ended: return nil
        case .busy:
            interrupter.fire()
            wasIdle = false
        case .idle: wasIdle = true
        }
        let reply = Reply<Void, MariaDBError>()
        queue.async {
            self.dropHandle()
            reply.give(.success(()))
        }
        return (reply, wasIdle)
    }

    /// Runs `body` on the queue and waits for it, for the bound or for cancellation.
    private func run<Value: Sendable>(
        _ operation: MariaDBError.Operation,
        within bound: Duration,
        _ body: @escaping @Sendable (Connection) throws(MariaDBError) -> Value
    ) async throws(MariaDBError) -> Value {
        guard !Task.isCancelled else { throw .cancelled(operation, sent: false) }
        try begin()
        let reply = Reply<Value, MariaDBError>()
        queue.async { self.perform(body, for: reply) }
        let timeout = MariaDBError.timeout(operation, after: bound)
        Self.bounds.asyncAfter(deadline: .now() + bound.dispatchInterval) { [weak reply, weak self] in
            if reply?.give(.failure(timeout)) == true { self?.interrupter.fire() }
        }
        let answer = await withTaskCancellationHandler {
            await reply.wait()
        } onCancel: {
            if reply.give(.failure(.cancelled(operation, sent: true))) { interrupter.fire() }
        }
        finish(after: answer)
        return try answer.get()
    }

    private func perform<Value: Sendable>(
        _ body: (Connection) throws(MariaDBError) -> Value,
        for reply: Reply<Value, MariaDBError>
    ) {
        dispatchPrecondition(condition: .onQueue(queue))
        let answer = Result { () throws(MariaDBError) in try body(self) }
        let isAwaited = reply.give(answer)
        // Nobody can use the connection any more: let the server see it closed.
        if !isAwaited || answer.endsSession { dropHandle() }
    }

    private func dropHandle() {
        dispatchPrecondition(condition: .onQueue(queue))
        handle = nil
        interrupter.release()
    }

    private func begin() throws(MariaDBError) {
        let before = phase.withLock { phase in
            defer { if case .idle = phase { phase = .busy } }
            return phase
        }
        switch before {
        case .idle: return
        case .busy: throw .busy
        case .ended: throw .ended
        }
    }

    private func finish<Value>(after answer: Result<Value, MariaDBError>) {
        phase.withLock { phase in
            guard case .busy = phase else { return }
            phase = answer.endsSession ? .ended : .idle
        }
    }
}

extension Result where Failure == MariaDBError {
    /// Whether nothing more can be done with the connection after this answer.
    fileprivate var endsSession: Bool {
        guard case .failure(let error) = self else { return false }
        guard case .connect = error.operation else { return error.isConnectionLoss }
        return true
    }
}

extension Duration {
    /// The same span for Dispatch, rounded up to a nanosecond; a negative one is none.
    fileprivate var dispatchInterval: DispatchTimeInterval {
        let (seconds, attoseconds) = components
        guard seconds >= 0, attoseconds >= 0 else { return .nanoseconds(0) }
        guard seconds < 1 << 31 else { return .never }
        return .nanoseconds(Int(seconds) * 1_000_000_000 + Int((attoseconds + 999_999_999) / 1_000_000_000))
    }
}
