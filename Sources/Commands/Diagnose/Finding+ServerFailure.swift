import Daemon
import HostCacheCore
import MariaDBClient

extension Finding {
    /// Why a server could not be looked at, and what to do.
    init(_ failure: ServerFailure, user: String, wantedLimit: UInt64) {
        let known = KnownCause(code: failure.code)
        switch failure.reason {
        case .blocked:
            let block = failure.ownBlock ?? OwnBlock(seenAs: nil, connectedFrom: nil, flavour: nil)
            self = block.finding(failure.message, wantedLimit: wantedLimit)
        case .tls:
            self.init(
                .encryptionFailed,
                .unknown,
                "no protected connection: \(failure.message)",
                why: failure.tlsFault == .demanded ? nil : Self.costOfTLS,
                fixes: Self.fixes(failure.tlsFault)
            )
        case .auth:
            self.init(
                .loginFailed,
                .unknown,
                "login refused: \(failure.message)",
                why: known?.cause,
                fixes: [
                    Fix(
                        .advice,
                        known?.advice ?? "check user, password file, and that the account allows this address"
                    )
                ]
            )
        case .privilege:
            self.init(
                .cannotRead,
                .unknown,
                "the host cache cannot be read: \(failure.message)",
                fixes: [Fix(.sql, "GRANT SELECT ON performance_schema.host_cache TO '\(user)'@'…';")]
            )
        case .connect, .dns, .timeout, .query:
            // A statement that ran out of time is another thing than a connect that did.
            let isSilent = failure.reason == .timeout && !failure.losesConnection
            self.init(
                .connectFailed,
                .unknown,
                "the server could not be looked at: \(failure.message)",
                why: known?.cause
                    ?? (isSilent
                        ? "nothing answers there, or the server keeps us waiting: \(SlowLogin.cause)" : nil),
                fixes: known.map { [Fix(.advice, $0.advice)] }
                    ?? (isSilent
                        ? [
                            Fix(
                                .advice,
                                "see that a connection from this machine to that port is let through"
                            ),
                            Fix(.advice, SlowLogin.advice),
                        ] : [])
            )
        }
    }

    /// What ends after the server's greeting counts (tried on MySQL 9.7.4: three failed runs, three errors).
    private static let costOfTLS =
        "on MySQL each failed try counts as a handshake error of this machine's own address, which is refused with "
        + "1129 at the limit: it was tried once, and is not tried again here"

    private static func fixes(_ fault: MariaDBError.TLSFault?) -> [Fix] {
        switch fault {
        // The message says what to do: no certificate is at fault.
        case .notOffered: []
        case .demanded: [Fix(.advice, "use tls mode verify-identity (--tls verify-identity) or fingerprint")]
        case .certificate, .other, nil:
            [Fix(.advice, "make host, tls.ca (--ca) or tls.fingerprint fit the certificate")]
        }
    }
}
