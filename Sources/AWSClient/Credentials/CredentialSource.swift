package import SigV4

/// Where credentials come from: the port that a caller asks before every attempt.
package struct CredentialSource: Sendable {
    /// Gives credentials that are good now; a failure is never remembered.
    package var load: @Sendable () async throws(CredentialError) -> AWSCredentials

    package init(load: @escaping @Sendable () async throws(CredentialError) -> AWSCredentials) {
        self.load = load
    }
}
