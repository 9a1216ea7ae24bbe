import HostCacheCore
package import MariaDBClient

extension ServerFailure {
    /// Says what a client error means to the loop.
    package init(_ error: MariaDBError) {
        let reason: Reason =
            if error.isHostBlocked {
                .blocked
            } else if error.isTLSFailure {
                .tls
            } else if error.isNameResolution {
                .dns
            } else if error.isAuthenticationFailure {
                .auth
            } else if error.isFlood {
                .query
            } else if error.isTimeout {
                .timeout
            } else if error.isPrivilegeFailure {
                .privilege
            } else if error.isConnectionLoss || error.isConnect {
                .connect
            } else {
                .query
            }
        self.init(
            reason,
            code: error.serverCode,
            message: "\(error)",
            outcomeIsUnknown: error.outcomeIsUnknown,
            losesConnection: error.isConnectionLoss
        )
        tlsFault = error.tlsFault
        if error.isHostBlocked {
            ownBlock = OwnBlock(
                seenAs: error.refusedHost,
                connectedFrom: error.localAddress,
                flavour: error.namesMariaDB ? .mariadb : nil
            )
        }
    }
}

extension MariaDBError {
    /// Whether no session came about: unreachable, or turned away, such as for too many connections (1040).
    fileprivate var isConnect: Bool {
        if case .connect = operation { true } else { false }
    }
}
