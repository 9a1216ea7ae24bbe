package import Secrets

/// Who signs.
///
/// The parts are checked when something is signed: see ``SigningError``.
package struct AWSCredentials: Hashable, Sendable {
    /// Names the key; not a secret, it travels in every signed request.
    package let accessKeyID: String

    package let secretAccessKey: Secret<String>

    /// Comes with temporary credentials and is sent along; nil with long-lived ones.
    package let sessionToken: Secret<String>?

    /// Puts the parts together.
    package init(accessKeyID: String, secretAccessKey: Secret<String>, sessionToken: Secret<String>?) {
        self.accessKeyID = accessKeyID
        self.secretAccessKey = secretAccessKey
        self.sessionToken = sessionToken
    }
}
