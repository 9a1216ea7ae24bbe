import Daemon
import HostCacheCore
import TestSamples
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(5))) struct OwnBlockTests {
    private static let refusal: ServerFailure = {
        var failure = ServerFailure(
            .blocked,
            code: 1129,
            message: "connect to db:3306 failed: Host '10.0.1.23' is blocked (error 1129, SQLSTATE HY000)",
            outcomeIsUnknown: false,
            losesConnection: false
        )
        failure.ownBlock = OwnBlock(seenAs: "10.0.1.23", connectedFrom: "10.0.9.17", flavour: .mariadb)
        return failure
    }()

    @Test func `a server that refuses us is told once, and once that it lets us in`() async throws {
        let bench = try LoopBench()
        bench.server.change { $0.connects = Array(repeating: Self.refusal, count: 4) }
        try await bench.run {
            for _ in 1...3 { await bench.turn() }
            #expect(bench.status?.failure == Self.refusal)
            let status = try #require(bench.status)
            #expect(StatusLine([status]).description == "0 of 1 server up, refused with 1129 by orders")
            await bench.turn()
            #expect(bench.status?.isUp == true)
        }
        let lines = bench.log.taken()
        #expect(lines.count == 2)
        let told = try #require(lines.first)
        #expect(told.hasPrefix("<3>the server refuses our own address with error 1129 "))
        #expect(told.contains(#"address="10.0.1.23 (this machine connects from 10.0.9.17)""#))
        #expect(told.contains("FLUSH NO_WRITE_TO_BINLOG HOSTS"))
        #expect(lines.last?.hasPrefix("<5>server is up ") == true)
        #expect(bench.status?.failures == [.blocked: 4])
    }
}
