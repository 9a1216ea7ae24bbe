package import HostCacheCore
package import MariaDBClient

/// Why a look or an action on a server failed, without the client library's own terms.
package struct ServerFailure: Error, Hashable, Sendable {
    /// The kind, as the metric names it.
    package enum Reason: String, Hashable, Sendable, CaseIterable {
        case connect
        case dns
        case tls
        case auth
        /// The server refuses our own address with error 1129.
        case blocked
        case timeout
        case privilege
        case query
    }

    package var reason: Reason
    /// The server's error code; nil when the server did not answer with one.
    package var code: UInt32?
    /// The whole sentence, for logs and people.
    package var message: String
    /// Whether the statement may have run: never repeated blindly.
    package var outcomeIsUnknown: Bool
    /// Whether the connection is gone.
    package var losesConnection: Bool
    /// Whom the server refuses where it refuses us with error 1129; nil for every other failure.
    package var ownBlock: OwnBlock?
    /// What is wrong with TLS; nil for every other failure.
    ///
    /// All but `demanded` end a connection after the server's greeting, which costs an error of our own address.
    package var tlsFault: MariaDBError.TLSFault?

    package init(
        _ reason: Reason,
        code: UInt32?,
        message: String,
        outcomeIsUnknown: Bool,
        losesConnection: Bool
    ) {
        self.reason = reason
        self.code = code
        self.message = message
        self.outcomeIsUnknown = outcomeIsUnknown
        self.losesConnection = losesConnection
    }
}

extension ServerFailure: CustomStringConvertible {
    package var description: String { message }
}
