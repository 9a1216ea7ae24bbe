package import Secrets

/// Who logs in.
package struct Login: Sendable {
    /// The account's name, without the host part.
    package var user: String

    /// The account's password; nil is an account without one.
    package var password: Secret<String>?

    /// Names an account.
    package init(user: String, password: Secret<String>?) {
        self.user = user
        self.password = password
    }
}
