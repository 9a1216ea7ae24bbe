/// Why a connect or a statement did not succeed.
///
/// Callers ask questions (`MariaDBError+Questions.swift`); they do not compare codes.
package struct MariaDBError: Error, Hashable, Sendable {
    /// What was being attempted.
    package enum Operation: Hashable, Sendable {
        /// Opening a session, from name resolution to the login.
        case connect(Endpoint.Address)

        /// Running a statement and reading its rows.
        case query

        /// Reading a value out of a row that has arrived.
        case read
    }

    /// Who found the failure.
    package enum Cause: Hashable, Sendable {
        /// The server or libmariadb; `code` tells which.
        case reported

        /// Nothing had come back when the call's bound passed.
        case timeout

        /// More came than the statement can give: whoever answers is no server, or is ill.
        case flooded

        /// The calling task was cancelled; `sent` is false when nothing had been sent yet.
        case cancelled(sent: Bool)

        /// This module, before anything was sent.
        case refused

        /// The session had ended before the call; nothing was sent.
        case ended
    }

    /// Why TLS could not be had.
    package enum TLSFault: Hashable, Sendable {
        /// The server has none.
        case notOffered
        /// The server insists on it and this end has it disabled.
        case demanded
        /// The certificate is not the one wanted, or nobody trusted vouches for it.
        case certificate
        /// Something else, such as no protocol version in common.
        case other
    }

    /// What was being attempted.
    package let operation: Operation

    /// Who found the failure.
    package let cause: Cause

    /// The number the server or libmariadb gave; 0 when this module found the failure.
    ///
    /// 2000 to 2999 and 5000 to 5999 are libmariadb's own (`errmsg.h`), all others the server's.
    package let code: UInt32

    /// Five characters; "HY000" where nobody gave a better one.
    package let sqlState: String

    /// What happened, in the words of whoever found it; never a secret.
    package let message: String

    /// The address this end of the connection had when the server refused it for its handshake errors.
    ///
    /// Nil for every other failure, on a Unix socket, and when it could not be read.
    package var localAddress: String?

    /// Describes a failure.
    package init(operation: Operation, cause: Cause, code: UInt32, sqlState: String, message: String) {
        self.operation = operation
        self.cause = cause
        self.code = code
        self.sqlState = sqlState
        self.message = message
    }
}

extension MariaDBError {
    /// A failure that this module found.
    init(_ operation: Operation, _ cause: Cause, _ message: String) {
        self.init(operation: operation, cause: cause, code: 0, sqlState: "HY000", message: message)
    }

    static func missingColumn(_ column: String, among columns: [String]) -> Self {
        Self(.read, .refused, "the result has no column \(column), only: \(columns.joined(separator: ", "))")
    }

    static func timeout(_ operation: Operation, after bound: Duration) -> Self {
        Self(operation, .timeout, "no complete answer within \(bound)")
    }

    /// For a result that does not end.
    static let flooded = Self(.query, .flooded, "the server sends more rows than the statement can give")

    static func cancelled(_ operation: Operation, sent: Bool) -> Self {
        Self(
            operation,
            .cancelled(sent: sent),
            sent ? "cancelled while waiting" : "cancelled before the start"
        )
    }

    /// For a call on a session that is closed, lost, timed out or cancelled.
    static let ended = Self(.query, .ended, "the session has ended; open a new one")

    /// For a second statement while one runs.
    static let busy = Self(.query, .refused, "the session is still running another statement")
}

extension MariaDBError: CustomStringConvertible {
    /// One line: what was attempted, on what, what happened, and the code if there is one.
    package var description: String {
        let attempt =
            switch operation {
            case .connect(let address): "connect to \(address)"
            case .query: "query"
            case .read: "reading the result"
            }
        let number = code == 0 ? "" : " (error \(code), SQLSTATE \(sqlState))"
        return "\(attempt) failed: \(message)\(number)"
    }
}
