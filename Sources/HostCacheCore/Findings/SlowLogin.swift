/// A login that took long on a server that answers statements quickly.
///
/// A server greets a client only once it has looked up the client's name, unless the address is in its host cache or
/// `skip_name_resolve` is ON (`ip_to_hostname` in `sql/hostname.cc`, both flavours).
package struct SlowLogin: Hashable, Sendable {
    /// From the connect to the end of the login.
    package var login: Duration

    /// The shortest login that is called slow.
    package static let threshold = Duration.seconds(1)

    /// Nil for a login below ``threshold``, and where a look took a quarter as long: then the network or the whole
    /// server is slow.
    package init?(login: Duration, look: Duration) {
        guard login >= Self.threshold, look < login / 4 else { return nil }
        self.login = login
    }

    /// What is so, in one line.
    package var sentence: String { "logging in took \(login.phrase), a look after it a fraction of that" }

    package static let cause =
        "a server greets a client only after it has looked up the name of its address, and a lookup that nobody "
        + "answers takes seconds"

    package static let advice =
        "let the server's resolver answer for this machine's address (the reverse lookup), or set "
        + "skip_name_resolve = ON where no account has a host name"

    /// What `diagnose` says of it.
    package var finding: Finding {
        Finding(.slowLogin, .warning, sentence, why: Self.cause, fixes: [Finding.Fix(.advice, Self.advice)])
    }
}
