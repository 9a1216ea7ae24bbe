import Configuration
import Daemon
import Secrets
import Synchronization
import TestSupport
import Testing

@Suite final class PacedLoginsTests: Sendable {
    private let clock = ManualClock()
    private let tries = Mutex<[String]>([])
    private let content = Mutex("old")

    private func logins(isCopiedAtStart: Bool = false, passwordFile: String? = "/secret") -> PacedLogins {
        PacedLogins(
            passwordFile: passwordFile,
            longestWait: .seconds(300),
            isCopiedAtStart: isCopiedAtStart,
            timekeeper: .manual(clock),
            readPassword: { _ in Secret(self.content.withLock { $0 }) }
        )
    }

    /// Logs in to a server that takes only `right`; the failure, or nil.
    private func failure(
        of logins: PacedLogins,
        right: String = "new",
        _ reason: ServerFailure.Reason = .auth
    ) async -> ServerFailure? {
        do {
            try await logins.login { password in
                let text = password?.reveal() ?? ""
                tries.withLock { $0.append(text) }
                guard text == right else { throw ServerFailure.refused(reason) }
            }
            return nil
        } catch {
            return error as? ServerFailure
        }
    }

    @Test func `a refused password is held back, and another one is tried at once`() async {
        let logins = logins()
        let first = await failure(of: logins)
        #expect(first?.message == "no; a changed password file is read without a restart")
        #expect(!logins.isProven)
        // The loop asks again and again.
        for _ in 0..<14 {
            clock.advance(by: .seconds(1))
            #expect(await failure(of: logins) == first)
        }
        #expect(tries.withLock { $0 } == ["old"])
        content.withLock { $0 = "new" }
        #expect(await failure(of: logins) == nil)
        #expect(logins.isProven)
        #expect(tries.withLock { $0 } == ["old", "new"])
    }

    @Test func `a password is proven once it was let in, until the file has another`() async {
        let logins = logins()
        #expect(!logins.isProven)
        _ = await failure(of: logins, right: "old")
        #expect(logins.isProven)
        content.withLock { $0 = "new" }
        #expect(!logins.isProven)
        _ = await failure(of: logins)
        #expect(logins.isProven)
    }

    @Test func `an account that is mended at the server is let in after the wait`() async {
        let logins = logins()
        _ = await failure(of: logins)
        clock.advance(by: .seconds(15))
        #expect(await failure(of: logins, right: "old") == nil)
    }

    @Test func `a rotated password is no storm`() async {
        let logins = logins()
        for _ in 0..<3_600 {
            _ = await failure(of: logins)
            clock.advance(by: .seconds(1))
        }
        // After 0, 15, 45, 105, 225 and 465 s, then every 300 s.
        #expect(tries.withLock { $0.count } == 16)
    }

    @Test func `a copied credential asks for a restart`() async {
        let failure = await failure(of: logins(isCopiedAtStart: true))
        #expect(
            failure?.message == "no; if the password was rotated, restart to load the new credential"
        )
    }

    @Test func `an account without a password file is told nothing of one`() async {
        #expect(await failure(of: logins(passwordFile: nil))?.message == "no")
    }

    @Test(
        arguments: [
            (.auth, 1), (.tls, 1), (.connect, 2), (.timeout, 2), (.blocked, 2), (.dns, 2),
        ] as [(ServerFailure.Reason, Int)]
    )
    func `only refusals are held back`(_ reason: ServerFailure.Reason, _ count: Int) async {
        let logins = logins()
        _ = await failure(of: logins, reason)
        _ = await failure(of: logins, reason)
        #expect(tries.withLock { $0.count } == count)
    }

    @Test func `a file that cannot be read is a failed login, and none is sent`() async {
        let logins = PacedLogins(
            passwordFile: "/secret",
            longestWait: .seconds(300),
            isCopiedAtStart: false,
            timekeeper: .manual(clock),
            readPassword: { path in throw PasswordFileError(path: path, reason: .empty) }
        )
        let failure = await failure(of: logins)
        #expect(failure?.reason == .auth)
        #expect(failure?.message == "the password file /secret is empty; write the password into it")
        #expect(tries.withLock { $0 } == [])
    }
}

extension ServerFailure {
    /// Code 1045 whatever the reason.
    fileprivate static func refused(_ reason: Reason) -> Self {
        Self(reason, code: 1045, message: "no", outcomeIsUnknown: false, losesConnection: false)
    }
}
