import Daemon
import HostCacheCore

extension Finding {
    /// Why a server could not be looked at, and what to do.
    init(_ failure: ServerFailure, user: String, wantedLimit: UInt64) {
        switch failure.reason {
        case .blocked:
            let block = failure.ownBlock ?? OwnBlock(seenAs: nil, connectedFrom: nil, flavour: nil)
            self = block.finding(failure.message, wantedLimit: wantedLimit)
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
