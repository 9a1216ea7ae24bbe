import HostCacheCore
import Testing

@Suite struct TimeToBlockTests {
    @Test func `never is later than any time and equal to itself`() {
        let ordered: [TimeToBlock] = [.after(.zero), .after(.seconds(1)), .after(.farFuture), .never]
        for (place, left) in ordered.enumerated() {
            for (otherPlace, right) in ordered.enumerated() {
                #expect((left < right) == (place < otherPlace))
                #expect((left == right) == (place == otherPlace))
            }
        }
    }

    @Test func `only a time has a duration`() {
        #expect(TimeToBlock.after(.seconds(500)).duration == .seconds(500))
        #expect(TimeToBlock.never.duration == nil)
    }

    @Test func `it reads as its duration or as never`() {
        #expect(TimeToBlock.after(.seconds(500)).description == "8 min 20 s")
        #expect(TimeToBlock.after(.zero).description == "0 s")
        #expect(TimeToBlock.never.description == "never")
    }
}
