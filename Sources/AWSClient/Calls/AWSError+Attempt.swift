import SigV4

extension AWSError {
    /// Nothing was sent, because of how the call was made.
    static func refused(_ action: String, _ message: String) -> Self {
        Self(action: action, endpoint: nil, cause: .refused, message: message, attempts: 0)
    }

    /// This attempt was not made, for want of a signature.
    static func unsigned(_ attempt: AWSAttempt, _ message: String) -> Self {
        Self(
            action: attempt.call.name,
            endpoint: "\(attempt.endpoint)",
            cause: .credentials,
            message: message,
            attempts: attempt.number - 1
        )
    }

    /// The wait for the next attempt was cancelled.
    static func cancelled(after attempt: AWSAttempt, outcomeIsUnknown: Bool) -> Self {
        var error = Self(
            action: attempt.call.name,
            endpoint: "\(attempt.endpoint)",
            cause: .cancelled,
            message: "the task was cancelled before the next attempt",
            attempts: attempt.number
        )
        error.outcomeIsUnknown = outcomeIsUnknown
        return error
    }

    /// No answer came.
    init(_ error: HTTPError, to attempt: AWSAttempt, as credentials: AWSCredentials) {
        self.init(
            action: attempt.call.name,
            endpoint: "\(attempt.endpoint)",
            cause: .transport(error.cause),
            message: credentials.redacting(error.message),
            attempts: attempt.number
        )
    }

    /// The answer is no result: an error, or not from AWS at all.
    init(
        _ answer: HTTPResponse,
        _ document: AnswerDocument,
        to attempt: AWSAttempt,
        as credentials: AWSCredentials,
        receivedAt wall: Duration
    ) {
        self.init(
            action: attempt.call.name,
            endpoint: "\(attempt.endpoint)",
            cause: document.code == nil ? .unreadable : .answered,
            code: document.code.map(credentials.redacting),
            message: credentials.redacting(document.message),
            requestID: document.requestID.map(credentials.redacting),
            httpStatus: answer.status,
            retryAfter: RetryAfter(answer, receivedAt: wall),
            clockSkew: Self.clockSkew(of: answer, receivedAt: wall),
            attempts: attempt.number
        )
    }

    /// The answer is a result that lacks something.
    init(
        _ error: AnswerError,
        in answer: HTTPResponse,
        _ document: AnswerDocument,
        to attempt: AWSAttempt,
        as credentials: AWSCredentials
    ) {
        self.init(
            action: attempt.call.name,
            endpoint: "\(attempt.endpoint)",
            cause: .unreadable,
            message: credentials.redacting(error.message),
            requestID: document.requestID.map(credentials.redacting),
            httpStatus: answer.status,
            attempts: attempt.number
        )
    }

    /// Five minutes are what AWS tolerates, and answers' dates are too coarse for less.
    private static func clockSkew(of answer: HTTPResponse, receivedAt wall: Duration) -> Duration? {
        guard let date = answer[header: "date"].flatMap(HTTPDate.parse) else { return nil }
        let skew = date - wall
        return (.seconds(-300)...(.seconds(300))).contains(skew) ? nil : skew
    }
}
