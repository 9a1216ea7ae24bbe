/// Why a request could not be signed; nothing has been sent then.
package enum SigningError: Error, Hashable, Sendable {
    /// What may be no more than visible ASCII.
    package enum Part: String, Hashable, Sendable {
        case accessKeyID = "access key id"
        case secretAccessKey = "secret access key"
        case sessionToken = "session token"
        case region
        case service
    }

    /// A part is empty, or holds what no header may carry.
    ///
    /// Mostly a line break from the end of a file: signed, AWS would answer only "signature does not match".
    case unusable(Part)
    /// The request has no `Host` header, which AWS wants signed.
    case noHost
    /// A presigned request would be good for less than 1 s or more than 7 days.
    case lifetime(Duration)
    /// libcrypto did not compute; `reason` is its own text.
    case libcrypto(operation: String, reason: String)
}

extension SigningError: CustomStringConvertible {
    /// One line, in which no part of the credentials is shown.
    package var description: String {
        switch self {
        case .unusable(let part):
            "cannot sign the request: the \(part.rawValue) is empty or holds a blank, a line break or another "
                + "character that is not visible ASCII; look at where it is read from"
        case .noHost:
            "cannot sign the request: it has no host header; add it as it will be sent"
        case .lifetime(let duration):
            "cannot sign the request: it would be good for \(duration); allowed are 1 s to 604800 s (7 days)"
        case .libcrypto(let operation, let reason):
            "cannot sign the request: libcrypto failed at \(operation): \(reason); "
                + "does openssl.cnf switch off the default provider?"
        }
    }
}
