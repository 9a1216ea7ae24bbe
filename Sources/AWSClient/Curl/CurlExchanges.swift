import Dispatch
import Replies

/// Takes requests in, has them done by workers and watches over their deadlines.
struct CurlExchanges: Sendable {
    let settings: CurlSettings
    let workers: WorkerPool

    /// Never blocks, so no deadline waits for another's work.
    private static let bounds = DispatchQueue(label: "hostcached.http.bounds")

    /// Does one request within `deadline`, which includes the wait for a worker.
    ///
    /// A worker notices within a second that nobody waits any more; only while it resolves a name it must
    /// stay until the system's resolver gives up.
    func send(_ request: HTTPRequest, within deadline: Duration) async throws(HTTPError) -> HTTPResponse {
        try CurlHandle.check(request)
        guard deadline > .zero else { throw .timeout(request, deadline) }
        let reply = Reply<HTTPResponse, HTTPError>()
        let end = ContinuousClock.now + deadline
        workers.run { [settings] in
            guard !reply.isGiven else { return }
            reply.give(
                Result { () throws(HTTPError) in
                    try CurlHandle.send(request, until: end, deadline, settings) { reply.isGiven }
                }
            )
        }
        Self.bounds.asyncAfter(deadline: .now() + deadline.dispatchInterval) { [weak reply] in
            reply?.give(.failure(.timeout(request, deadline)))
        }
        return try await withTaskCancellationHandler {
            await reply.wait()
        } onCancel: {
            reply.give(.failure(HTTPError(request, .cancelled, "the task was cancelled")))
        }
        .get()
    }
}

extension HTTPError {
    static func timeout(_ request: HTTPRequest, _ deadline: Duration) -> Self {
        Self(request, .timeout, "no complete answer within \(deadline)")
    }
}

extension Duration {
    /// The same span for Dispatch, rounded up to a nanosecond; decades are for ever.
    fileprivate var dispatchInterval: DispatchTimeInterval {
        let (seconds, attoseconds) = components
        guard seconds < 1 << 31 else { return .never }
        return .nanoseconds(Int(seconds) * 1_000_000_000 + Int((attoseconds + 999_999_999) / 1_000_000_000))
    }
}
