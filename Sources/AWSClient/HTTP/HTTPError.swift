/// Why a request got no answer.
package struct HTTPError: Error, Hashable, Sendable {
    /// What kind of failure it was.
    package enum Cause: Hashable, Sendable {
        /// The name of the host, or of the proxy, leads to no address.
        case nameResolution
        /// Nobody answered at the address.
        case connect
        /// No trusted, encrypted connection came about.
        case tls
        /// The time was up.
        case timeout
        /// The connection ended before the answer did.
        case cutOff
        /// The answer is not HTTP.
        case notHTTP
        /// The answer is larger than allowed.
        case tooLarge
        /// The calling task was cancelled.
        case cancelled
        /// The request cannot be sent as it is; nothing was sent.
        case refused
        /// Anything else that libcurl reports.
        case other
    }

    /// What was attempted: the method and the URL.
    package let request: String
    package let cause: Cause
    /// What happened, and where it is known what to do; never a secret.
    package let message: String

    package init(_ request: HTTPRequest, _ cause: Cause, _ message: String) {
        self.request = "\(request)"
        self.cause = cause
        self.message = message
    }
}

extension HTTPError.Cause {
    /// Whether the other side may have acted on the request all the same.
    package var mayHaveBeenHandled: Bool {
        switch self {
        case .nameResolution, .connect, .tls, .refused: false
        case .timeout, .cutOff, .notHTTP, .tooLarge, .cancelled, .other: true
        }
    }

    /// Whether the same request may well succeed a moment later.
    package var isTransient: Bool {
        switch self {
        case .nameResolution, .connect, .timeout, .cutOff: true
        case .tls, .notHTTP, .tooLarge, .cancelled, .refused, .other: false
        }
    }
}

extension HTTPError: CustomStringConvertible {
    /// One line: what was attempted and what happened.
    package var description: String { "\(request) failed: \(message)" }
}
