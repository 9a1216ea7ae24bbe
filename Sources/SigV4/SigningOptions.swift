/// Where AWS's services differ in what they want signed.
package struct SigningOptions: Hashable, Sendable {
    /// What becomes of a session token.
    package enum SessionToken: Hashable, Sendable {
        /// Signed with the rest: what almost every service wants.
        case signed

        /// Added after signing.
        case addedUnsigned
    }

    /// Whether `.`, `..` and repeated slashes of the path are resolved before signing; not for S3.
    package let normalizesPath: Bool

    package let sessionToken: SessionToken

    /// Puts the choices together.
    package init(normalizesPath: Bool, sessionToken: SessionToken) {
        self.normalizesPath = normalizesPath
        self.sessionToken = sessionToken
    }

    /// As ELB, RDS, EC2, STS, Secrets Manager and RDS logins want it.
    package static let standard = Self(normalizesPath: true, sessionToken: .signed)
}
