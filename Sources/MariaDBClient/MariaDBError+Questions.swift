/// What callers want to know about a failure.
///
/// Codes: MySQL's Server Error Message Reference (dev.mysql.com/doc/mysql-errors), MariaDB's error
/// code list (mariadb.com/kb/en/mariadb-error-code-reference) and libmariadb's `errmsg.h`.
extension MariaDBError {
    /// The code that the server sent, or nil when the server sent none.
    ///
    /// Where TLS is wanted, libmariadb reports an error that came before TLS as its own 2002 with the
    /// server's code in the text only (`mthd_my_real_connect` in `mariadb_lib.c`, CONC-648). That code
    /// is given here too; as the text says, nobody can vouch for it.
    package var serverCode: UInt32? {
        if code == 2002, let unverified { return unverified }
        return code == 0 || isLibraryCode ? nil : code
    }

    /// Whether the server refuses this client's address because of handshake errors (1129).
    package var isHostBlocked: Bool { serverCode == 1_129 }

    /// The address or name that the server gives for this client where it refuses it (1129); else nil.
    ///
    /// `Host '10.0.1.23' is blocked because of …`, the name where the server has one (`errmsg-utf8.txt`,
    /// `ER_HOST_IS_BLOCKED`).
    package var refusedHost: String? {
        guard isHostBlocked, let start = message.firstRange(of: "Host '")?.upperBound else { return nil }
        let rest = message[start...]
        guard let end = rest.firstRange(of: "' is blocked")?.lowerBound else { return nil }
        return String(rest[..<end])
    }

    /// Whether the message is MariaDB's own: it names `mariadb-admin`, where MySQL names `mysqladmin`.
    package var namesMariaDB: Bool { message.contains("mariadb-admin") }

    /// Whether the session is unusable and a new one may succeed; false for a failed connect.
    package var isConnectionLoss: Bool {
        guard operation == .query else { return false }
        switch cause {
        case .timeout, .flooded, .cancelled(sent: true), .ended: return true
        case .cancelled(sent: false), .refused: return false
        case .reported: return Self.lossCodes.contains(code)
        }
    }

    /// Whether no server answered a connect: refused, unreachable, cut off or silent.
    package var isUnreachable: Bool {
        guard case .connect = operation, serverCode == nil else { return false }
        return isTimeout || [2_002, 2_004, 2_006, 2_013].contains(code)
    }

    /// Whether the server or the client refused the login: account, host, password or method.
    package var isAuthenticationFailure: Bool {
        [1_045, 1_130, 1_251, 1_698, 1_820, 1_862, 3_118, 3_955, 4_150, 4_151].contains(serverCode)
            || [2_049, 2_059, 2_061, 5_010].contains(code)
    }

    /// Whether the account lacks a privilege for the statement.
    package var isPrivilegeFailure: Bool { [1_044, 1_142, 1_143, 1_227, 1_370].contains(serverCode) }

    /// Whether the call's bound passed.
    package var isTimeout: Bool { cause == .timeout }

    /// Whether the calling task was cancelled.
    package var isCancellation: Bool {
        if case .cancelled = cause { return true }
        return false
    }

    /// Whether TLS could not be had as asked for, or the server insists on it (3159).
    package var isTLSFailure: Bool { code == 2_026 || serverCode == 3_159 }

    /// What is wrong with TLS; nil for every failure that ``isTLSFailure`` is not true of.
    package var tlsFault: TLSFault? {
        guard isTLSFailure else { return nil }
        if serverCode == 3_159 { return .demanded }
        if message.contains("does not support it") { return .notOffered }
        let words = [
            "ertificate", "ingerprint", "self-signed", "self signed", "unable to get", "unable to verify",
            "expired", "not yet valid", "Hostname verification",
        ]
        return words.contains(where: message.contains) ? .certificate : .other
    }

    /// Whether the host's name could not be resolved.
    package var isNameResolution: Bool { code == 2_005 }

    /// Whether the statement may have run, or may still be running.
    ///
    /// Never repeat such a statement before looking up what it did.
    package var outcomeIsUnknown: Bool {
        // 4031 is MySQL's notice that it had hung up before this statement came.
        isConnectionLoss && cause != .ended && code != 4_031
    }

    /// Whether more came than the statement can give.
    package var isFlood: Bool { cause == .flooded || code == 2_020 }

    /// Gone away, lost, a packet that is too large, shutdown, forced close, network errors, killed, TLS broken, idle too long.
    private static let lossCodes: Set<UInt32> = [
        1_053, 1_080, 1_158, 1_159, 1_160, 1_161, 1_927, 2_006, 2_013, 2_020, 2_026, 2_027, 3_169, 4_031,
        5_013,
        5_014,
    ]

    private var isLibraryCode: Bool { (2_000..<3_000).contains(code) || (5_000..<6_000).contains(code) }

    private var unverified: UInt32? {
        guard let found = message.firstRange(of: "cannot be verified: ") else { return nil }
        return UInt32(message[found.upperBound...].prefix { ("0"..."9").contains($0) })
    }
}
