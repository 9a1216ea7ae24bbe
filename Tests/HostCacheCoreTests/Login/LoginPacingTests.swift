import HostCacheCore
import TestSupport
import Testing

@Suite struct LoginPacingTests {
    @Test func `nothing waits before a refusal and after a login`() {
        var pacing = LoginPacing()
        #expect(pacing.wait(at: .zero, isNewPassword: true) == .zero)
        pacing.refused(at: .seconds(1), isNewPassword: true)
        pacing.accepted()
        #expect(pacing.wait(at: .seconds(1), isNewPassword: false) == .zero)
    }

    @Test func `the waits with one password double up to the longest`() {
        var pacing = LoginPacing(longest: .seconds(100))
        var now = Duration.zero
        var waits: [Duration] = []
        pacing.refused(at: now, isNewPassword: true)
        for _ in 0..<5 {
            let wait = pacing.wait(at: now, isNewPassword: false)
            #expect(pacing.wait(at: now + wait - .milliseconds(1), isNewPassword: false) > .zero)
            #expect(pacing.wait(at: now + wait, isNewPassword: false) == .zero)
            waits.append(wait)
            now += wait
            pacing.refused(at: now, isNewPassword: false)
        }
        #expect(waits == [.seconds(15), .seconds(30), .seconds(60), .seconds(100), .seconds(100)])
    }

    @Test func `another password is tried at once, and its waits begin anew`() {
        var pacing = LoginPacing()
        pacing.refused(at: .zero, isNewPassword: true)
        pacing.refused(at: .seconds(15), isNewPassword: false)
        #expect(pacing.wait(at: .seconds(16), isNewPassword: false) == .seconds(29))
        #expect(pacing.wait(at: .seconds(16), isNewPassword: true) == .zero)
        pacing.refused(at: .seconds(16), isNewPassword: true)
        #expect(pacing.wait(at: .seconds(76), isNewPassword: false) == .zero)
        #expect(pacing.wait(at: .seconds(30), isNewPassword: false) == .seconds(30))
    }

    @Test(arguments: [1, 2, 3] as [UInt64])
    func `never more than three refused logins a minute, whatever the file does`(_ seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        var pacing = LoginPacing()
        var refusals: [Duration] = []
        for second in 0..<3_600 {
            let now = Duration.seconds(second)
            let isNew = Bool.random(using: &random)
            guard pacing.wait(at: now, isNewPassword: isNew) == .zero else { continue }
            pacing.refused(at: now, isNewPassword: isNew)
            refusals.append(now)
        }
        let mostInAMinute = refusals.indices.map { index in
            refusals[index...].prefix { $0 < refusals[index] + .seconds(60) }.count
        }
        .max()
        #expect(mostInAMinute == 3)
        #expect(refusals.count <= 180)
    }

    @Test func `an impossible number of refusals waits the longest`() {
        var pacing = LoginPacing()
        for second in 0..<10_000 {
            pacing.refused(at: .seconds(second * 1_000), isNewPassword: false)
        }
        #expect(pacing.wait(at: .seconds(9_999_000), isNewPassword: false) == .seconds(300))
    }
}
