import FoundationEssentials
import SigV4
import TestSupport
import Testing

@Suite struct SigningScopeTests {
    @Test(
        arguments: [
            (.zero, "19700101T000000Z"),
            (.milliseconds(999), "19700101T000000Z"),
            (.seconds(951_782_399), "20000228T235959Z"),
            (.seconds(951_782_400), "20000229T000000Z"),
            (.seconds(951_868_800), "20000301T000000Z"),
            (.seconds(1_440_938_160), "20150830T123600Z"),
            (.seconds(1_798_761_599), "20261231T235959Z"),
            (.seconds(1_798_761_600), "20270101T000000Z"),
            (.seconds(4_107_542_399), "21000228T235959Z"),
            (.seconds(4_107_542_400), "21000301T000000Z"),
            (.seconds(253_402_300_799), "99991231T235959Z"),
        ] as [(Duration, String)]
    )
    func `the date is the second in UTC, rounded down`(_ sinceEpoch: Duration, _ text: String) {
        let scope = SigningScope(sinceEpoch: sinceEpoch, region: "r", service: "s")
        #expect([scope.amzDate, scope.date] == [text, String(text.prefix(8))])
    }

    @Test(
        arguments: [
            (.nanoseconds(-1), "19700101T000000Z"),
            (.seconds(Int64.min), "19700101T000000Z"),
            (.seconds(253_402_300_800), "99991231T235959Z"),
            (.seconds(Int64.max), "99991231T235959Z"),
        ] as [(Duration, String)]
    )
    func `a time that AWS has no way to write becomes the nearest`(_ sinceEpoch: Duration, _ text: String) {
        #expect(SigningScope(sinceEpoch: sinceEpoch, region: "r", service: "s").amzDate == text)
    }

    @Test(arguments: [1, 2] as [UInt64])
    func `the date agrees with Foundation's`(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<2000 {
            let seconds = Int64.random(in: 0...253_402_300_799, using: &random)
            let scope = SigningScope(sinceEpoch: .seconds(seconds), region: "r", service: "s")
            let expected = Date(timeIntervalSince1970: Double(seconds)).formatted(.iso8601)
            #expect(scope.amzDate == expected.filter { $0 != "-" && $0 != ":" })
        }
    }

    @Test func `the scope is written as AWS writes it`() {
        #expect(SigningScope.example().text == "20150830/us-east-1/iam/aws4_request")
    }
}
