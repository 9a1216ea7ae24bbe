/// What a person can do about a connect that was refused for safety's sake.
extension MariaDBError {
    /// The same failure with what is wrong and what to do in the message.
    ///
    /// libmariadb's own words stay in front: it is they that people search for.
    func advised(for endpoint: Endpoint) -> Self {
        guard let advice = advice(for: endpoint) else { return self }
        return Self(
            operation: operation,
            cause: cause,
            code: code,
            sqlState: sqlState,
            message: "\(message); \(advice)"
        )
    }

    private func advice(for endpoint: Endpoint) -> String? {
        switch code {
        case 1_045: accountAdvice(endpoint.tls)
        case 2_026: tlsAdvice(endpoint.tls)
        case 5_010: methodAdvice(endpoint.tls)
        default: nil
        }
    }

    /// By libmariadb's texts (`my_auth.c`, `ma_tls.c`, `openssl.c`) and OpenSSL's for a certificate
    /// (X509_verify_cert_error_string(3)).
    private func tlsAdvice(_ tls: Endpoint.TLS) -> String {
        let untrusted = [
            "self-signed", "self signed", "unable to get", "unable to verify", "certificate is not trusted",
        ]
        let misnamed = ["Validation of SSL server certificate failed", "Hostname verification failed"]
        if tlsFault == .notOffered {
            return
                "no TLS is offered, so nothing was sent: turn it on at the server, or use tls mode disabled "
                + "(--tls disabled), where anybody on the way can read and change what is sent"
        }
        if message.contains("ingerprint") {
            return "the certificate is another one: if the server has a new one, get its SHA-1 fingerprint "
                + "on the server's own machine with openssl x509 -noout -fingerprint -sha1 -in FILE"
        }
        if misnamed.contains(where: message.contains) {
            return "the certificate is for another name: connect by a name that it is for, "
                + "or use tls mode fingerprint"
        }
        if untrusted.contains(where: message.contains) {
            return "the certificate's authority is not trusted here: name its file with tls.ca"
        }
        if message.contains("expired") || message.contains("not yet valid") {
            return "renew the server's certificate, or set the clock of this machine"
        }
        guard case .verifyIdentity(let caFile?) = tls else {
            return "see what TLS the server offers, and with which certificate"
        }
        return "see that \(caFile) can be read and holds the certificate of the server's authority"
    }

    /// Servers give the same answer for a wrong password and for a connection that the account does not allow.
    ///
    /// So does a MariaDB with `require_secure_transport`, where MySQL says 3159 (tried on MariaDB 10.11 and MySQL 9.7).
    private func accountAdvice(_ tls: Endpoint.TLS) -> String {
        tls == .disabled
            ? "it is also the answer where the account requires TLS (REQUIRE SSL or X509) or a MariaDB does "
                + "(require_secure_transport), which this connection does not have: see SHOW CREATE USER"
            : "it is also the answer where the account requires a certificate of the client's (REQUIRE X509, ISSUER "
                + "or SUBJECT), which hostcached does not have: see SHOW CREATE USER"
    }

    private func methodAdvice(_ tls: Endpoint.TLS) -> String {
        switch tls {
        case .disabled:
            "the account's login method gives the password away without TLS: "
                + "use tls mode verify-identity or fingerprint"
        case .fingerprint:
            "the server asks for the password in clear text, which only verify-identity allows"
        case .verifyIdentity:
            "the account's login method is not supported: use mysql_native_password, ed25519 or "
                + "caching_sha2_password"
        }
    }
}
