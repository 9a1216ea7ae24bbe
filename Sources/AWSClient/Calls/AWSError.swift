/// Why a call to AWS did not succeed.
///
/// Callers ask questions (`AWSError+Questions.swift`); they do not compare codes.
package struct AWSError: Error, Hashable, Sendable {
    /// Who found the failure.
    package enum Cause: Hashable, Sendable {
        /// The service answered with an error.
        case answered
        /// No answer came, for this reason.
        case transport(HTTPError.Cause)
        /// An answer came that cannot be made sense of.
        case unreadable
        /// There are no credentials to sign with; nothing was sent.
        case credentials
        /// This module, before anything was sent.
        case refused
        /// The calling task was cancelled between two attempts.
        case cancelled
    }

    /// What was being attempted, as a policy names it: "elasticloadbalancing:ModifyTargetGroup".
    package let action: String
    /// Where it went, such as "https://elasticloadbalancing.us-east-1.amazonaws.com"; nil when nowhere.
    package let endpoint: String?
    package let cause: Cause
    /// The service's code, such as "AccessDenied"; nil when it gave none.
    package let code: String?
    /// What happened, in one line; never a secret.
    package let message: String
    /// What AWS's support asks for; nil when no answer gave one.
    package let requestID: String?
    /// Nil when no answer came.
    package let httpStatus: Int?
    /// How long the service wants to be left alone; nil when it did not say.
    package let retryAfter: RetryAfter?
    /// By how much AWS's clock is ahead of ours; nil when it is not more than five minutes, or unknown.
    package let clockSkew: Duration?
    /// How often it was tried; 0 when nothing was sent.
    package internal(set) var attempts: Int
    /// Whether the service may have done what was asked for, in this or an earlier attempt.
    package internal(set) var outcomeIsUnknown: Bool

    /// Describes the failure of the last of `attempts`.
    package init(
        action: String,
        endpoint: String?,
        cause: Cause,
        code: String? = nil,
        message: String,
        requestID: String? = nil,
        httpStatus: Int? = nil,
        retryAfter: RetryAfter? = nil,
        clockSkew: Duration? = nil,
        attempts: Int
    ) {
        self.action = action
        self.endpoint = endpoint
        self.cause = cause
        self.code = code
        self.message = message
        self.requestID = requestID
        self.httpStatus = httpStatus
        self.retryAfter = retryAfter
        self.clockSkew = clockSkew
        self.attempts = attempts
        self.outcomeIsUnknown =
            switch cause {
            case .answered: (httpStatus ?? 500) >= 500
            case .transport(let cause): cause.mayHaveBeenHandled
            case .unreadable: true
            case .credentials, .refused, .cancelled: false
            }
    }
}

extension AWSError: CustomStringConvertible {
    /// One line: what was attempted, what happened, what to do, where, and what AWS's support will ask for.
    package var description: String {
        let reason = [code, message.isEmpty ? nil : message].compactMap(\.self).joined(separator: ": ")
        var text = "\(action) failed: \(reason)"
        if let advice { text += "; \(advice)" }
        var details: [String] = []
        if let endpoint, !message.contains(endpoint) { details.append(endpoint) }
        if let httpStatus { details.append("HTTP \(httpStatus)") }
        if attempts > 1 { details.append("\(attempts) attempts") }
        if let requestID { details.append("request id \(requestID)") }
        return details.isEmpty ? text : "\(text) (\(details.joined(separator: ", ")))"
    }

    private var advice: String? {
        if isClockSkew {
            let offset = clockSkew.map { skew in
                let seconds = skew.components.seconds
                return " \(abs(seconds)) s \(seconds > 0 ? "behind" : "ahead of") AWS's"
            }
            return "this machine's clock is\(offset ?? " off"): enable NTP"
        }
        return isAccessDenied ? "allow \(action) to this identity" : nil
    }
}
