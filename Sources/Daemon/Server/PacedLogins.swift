import Configuration
import HostCacheCore
package import Secrets
import Synchronization

/// Logs in with one account, and holds back after a refusal.
///
/// The password file is read at each try, so a rotated password is seen; while it stays the same, the refusal
/// is repeated without asking the server.
package final class PacedLogins: Sendable {
    private struct State {
        var pacing: LoginPacing
        /// What was refused last, and how.
        var refused: (password: Secret<String>?, failure: ServerFailure)?
        /// The password that was let in last, `.some(nil)` for none; nil while nothing was.
        var accepted: Secret<String>??

        func isNew(_ password: Secret<String>?) -> Bool { refused.map { $0.password != password } ?? true }
    }

    private let passwordFile: String?
    private let readPassword: @Sendable (_ path: String) throws -> Secret<String>
    private let isCopiedAtStart: Bool
    private let isRefusal: @Sendable (ServerFailure) -> Bool
    private let timekeeper: Timekeeper
    private let state: Mutex<State>

    /// - Parameters:
    ///   - passwordFile: Nil for an account without a password.
    ///   - longestWait: Between two logins with the same refused password.
    ///   - isCopiedAtStart: Whether the file is a copy that systemd made when the daemon started.
    ///   - isRefusal: Whether trying again without a change is of no use and does harm.
    ///   - timekeeper: Only its clock is used.
    ///   - readPassword: Reads a password file; throws what is wrong with it.
    package init(
        passwordFile: String?,
        longestWait: Duration,
        isCopiedAtStart: Bool,
        isRefusal: @escaping @Sendable (ServerFailure) -> Bool = PacedLogins.isRefusal,
        timekeeper: Timekeeper,
        readPassword: @escaping @Sendable (_ path: String) throws -> Secret<String>
    ) {
        self.passwordFile = passwordFile
        self.isCopiedAtStart = isCopiedAtStart
        self.isRefusal = isRefusal
        self.timekeeper = timekeeper
        self.readPassword = readPassword
        state = Mutex(State(pacing: LoginPacing(longest: longestWait)))
    }

    /// A refused password, and a certificate that is not trusted.
    package static let isRefusal: @Sendable (ServerFailure) -> Bool = { failure in
        failure.reason == .auth || failure.reason == .tls
    }

    /// Whether the password of now has been let in, and none refused since.
    package var isProven: Bool {
        do {
            let password = try password()
            return state.withLock { $0.refused == nil && $0.accepted == .some(password) }
        } catch {
            return false
        }
    }

    /// Runs `login` with the password of now.
    ///
    /// Throws the last refusal again while logins are held back; else what reading the password or `login`
    /// throws.
    package func login<Value: Sendable>(
        _ login: (Secret<String>?) async throws -> Value
    ) async throws -> Value {
        let password = try password()
        if let held = held(password) { throw held }
        do {
            let value = try await login(password)
            state.withLock { state in
                state.pacing.accepted()
                state.refused = nil
                state.accepted = .some(password)
            }
            return value
        } catch let failure as ServerFailure where isRefusal(failure) {
            throw note(failure, password)
        }
    }

    private func held(_ password: Secret<String>?) -> ServerFailure? {
        state.withLock { state in
            let wait = state.pacing.wait(at: timekeeper.now(), isNewPassword: state.isNew(password))
            return wait > .zero ? state.refused?.failure : nil
        }
    }

    private func note(_ failure: ServerFailure, _ password: Secret<String>?) -> ServerFailure {
        var failure = failure
        if failure.code == 1045, passwordFile != nil {
            failure.message +=
                isCopiedAtStart
                ? "; if the password was rotated, restart to load the new credential"
                : "; a changed password file is read without a restart"
        }
        state.withLock { state in
            state.pacing.refused(at: timekeeper.now(), isNewPassword: state.isNew(password))
            state.refused = (password, failure)
        }
        return failure
    }

    private func password() throws -> Secret<String>? {
        do {
            return try passwordFile.map(readPassword)
        } catch let error as PasswordFileError {
            throw ServerFailure(
                .auth,
                code: nil,
                message: "\(error)",
                outcomeIsUnknown: false,
                losesConnection: false
            )
        }
    }
}

extension PacedLogins {
    /// With the file system and the environment of this process.
    package convenience init(
        passwordFile: String?,
        longestWait: Duration = .seconds(300),
        isRefusal: @escaping @Sendable (ServerFailure) -> Bool = PacedLogins.isRefusal,
        timekeeper: Timekeeper
    ) {
        self.init(
            passwordFile: passwordFile,
            longestWait: longestWait,
            isCopiedAtStart: passwordFile.map { PasswordFile.isCredential($0, in: .live) } ?? false,
            isRefusal: isRefusal,
            timekeeper: timekeeper,
            readPassword: { try PasswordFile.read($0) }
        )
    }
}
