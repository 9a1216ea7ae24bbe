import Daemon
import HostCacheCore

extension Finding {
    /// Why a server could not be looked at, and what to do.
    init(_ failure: ServerFailure, user: String, wantedLimit: UInt64) {
        switch failure.reason {
        case .blocked:
            self.init(
                .blockedOurselves,
                .critical,
                "the server refuses the address this runs from with error 1129",
                why: "\(failure.message); it stays so until somebody lets it in through another way",
                fixes: [
                    Fix(
                        .sql,
                        "SET GLOBAL max_connect_errors = \(wantedLimit);"
                            + "  -- on the server's own machine: by its socket, or 127.0.0.1"
                    )
                ]
            )
        case .tls:
            self.init(
                .encryptionFailed,
                .unknown,
                "no protected connection: \(failure.message)",
                fixes: [Fix(.advice, "make host, tls.ca (--ca) or tls.fingerprint fit the certificate")]
            )
        case .auth:
            self.init(
                .loginFailed,
                .unknown,
                "login refused: \(failure.message)",
                fixes: [Fix(.advice, "check user, password file, and that the account allows this address")]
            )
        case .privilege:
            self.init(
                .cannotRead,
                .unknown,
                "the host cache cannot be read: \(failure.message)",
                fixes: [Fix(.sql, "GRANT SELECT ON performance_schema.host_cache TO '\(user)'@'…';")]
            )
        case .connect, .dns, .timeout, .query:
            self.init(.connectFailed, .unknown, "the server could not be looked at: \(failure.message)")
        }
    }
}
