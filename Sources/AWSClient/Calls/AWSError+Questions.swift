/// What callers want to know about a failure.
///
/// Codes: https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/CommonErrors.html, botocore's
/// `retries/standard.py`, and for the clock aws-sdk-swift's `AWSClockSkewProvider`.
extension AWSError {
    /// Whether the service was asked too often.
    package var isThrottling: Bool { isOne(of: Self.throttlingCodes) || httpStatus == 429 }

    /// Whether the identity lacks the permission; asking again soon is of no use.
    package var isAccessDenied: Bool {
        isOne(of: ["AccessDenied", "AccessDeniedException", "NotAuthorized", "UnauthorizedOperation"])
    }

    /// Whether the resource does not exist, or not in that region and account.
    package var isNotFound: Bool { cause == .answered && code?.hasSuffix("NotFound") == true }

    /// Whether the service refuses the values of the request; another attempt changes nothing.
    package var isInvalidRequest: Bool { isOne(of: ["ValidationError", "InvalidConfigurationRequest"]) }

    /// Whether there are no credentials, or the service does not accept them.
    package var isCredentialProblem: Bool {
        cause == .credentials || isOne(of: Self.credentialCodes) && !isClockSkew
    }

    /// Whether the service refuses the signature because of this machine's clock.
    package var isClockSkew: Bool {
        isOne(of: ["RequestExpired", "RequestInTheFuture", "RequestTimeTooSkewed"])
            || clockSkew != nil
                && isOne(of: ["AuthFailure", "InvalidSignatureException", "SignatureDoesNotMatch"])
    }

    /// Whether the calling task was cancelled.
    package var isCancellation: Bool { cause == .cancelled || cause == .transport(.cancelled) }

    /// Whether another attempt may succeed a moment later.
    package var isRetryable: Bool {
        switch cause {
        case .transport(let cause): cause.isTransient
        case .answered, .unreadable:
            isThrottling || [500, 502, 503, 504].contains(httpStatus)
                || isOne(of: ["RequestTimeout", "RequestTimeoutException"])
        case .credentials, .refused, .cancelled: false
        }
    }

    private func isOne(of codes: Set<String>) -> Bool {
        guard cause == .answered, let code else { return false }
        return codes.contains(code)
    }

    private static let throttlingCodes: Set<String> = [
        "BandwidthLimitExceeded", "EC2ThrottledException", "LimitExceededException",
        "PriorRequestNotComplete",
        "ProvisionedThroughputExceededException", "RequestLimitExceeded", "RequestThrottled",
        "RequestThrottledException", "SlowDown", "ThrottledException", "Throttling", "ThrottlingException",
        "TooManyRequestsException", "TransactionInProgressException",
    ]

    private static let credentialCodes: Set<String> = [
        "AuthFailure", "ExpiredToken", "ExpiredTokenException", "IncompleteSignature", "InvalidClientTokenId",
        "InvalidSignatureException", "MissingAuthenticationToken", "SignatureDoesNotMatch",
        "UnrecognizedClientException",
    ]
}
