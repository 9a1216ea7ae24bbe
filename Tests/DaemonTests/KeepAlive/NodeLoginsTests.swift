import Daemon
import Synchronization
import TestSupport
import Testing

@Suite final class NodeLoginsTests: Sendable {
    private let clock = ManualClock()
    private let tries = Mutex<[String]>([])

    private func log(in logins: NodeLogins, _ address: String, _ failure: ServerFailure?) async {
        // What it throws is what it was given, or the one before again.
        try? await logins.login(through: address) {
            tries.withLock { $0.append(address) }
            if let failure { throw failure }
        }
    }

    @Test(arguments: [(.tls, 1), (.auth, 2), (.connect, 2)] as [(ServerFailure.Reason, Int)])
    func `a certificate that is refused holds back its own address alone`(
        _ reason: ServerFailure.Reason,
        _ count: Int
    ) async {
        let logins = NodeLogins(.manual(clock))
        let failure = ServerFailure(
            reason,
            code: nil,
            message: "no",
            outcomeIsUnknown: false,
            losesConnection: false
        )
        for _ in 0..<2 {
            await log(in: logins, "10.0.1.23", failure)
            await log(in: logins, "10.0.2.23", nil)
        }
        #expect(tries.withLock { $0.count { $0 == "10.0.1.23" } } == count)
        #expect(tries.withLock { $0.count { $0 == "10.0.2.23" } } == 2)
    }

    @Test func `an account that may not come from an address waits longer each time, up to an hour`() async {
        let logins = NodeLogins(.manual(clock))
        for _ in 0..<86_400 {
            await log(in: logins, "10.0.1.23", .refused(1130))
            clock.advance(by: .seconds(1))
        }
        // After 0, 15, 45, 105, 225, 465, 945, 1905 and 3825 s, then every hour.
        #expect(tries.withLock(\.count) == 31)
    }
}
