/// Sends one request and gives the answer: the port to the network.
///
/// A closure in a struct, so that a test puts in its own.
package struct HTTPTransport: Sendable {
    /// Sends a request, once, and waits for the whole answer for the given time at most.
    ///
    /// An answer of any status is an answer; redirects are not followed. Ends at once when the task is
    /// cancelled. A request that failed may still have reached the other side
    /// (``HTTPError/Cause/mayHaveBeenHandled``).
    package var send: @Sendable (HTTPRequest, Duration) async throws(HTTPError) -> HTTPResponse

    package init(
        send: @escaping @Sendable (HTTPRequest, Duration) async throws(HTTPError) -> HTTPResponse
    ) {
        self.send = send
    }
}
