import Daemon
import HostCacheCore
import Synchronization
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(5))) struct KeepAliveLoopTests {
    /// A world where the second node's name can be resolved.
    private var world: KeepAliveBench.World {
        var world = KeepAliveBench.World()
        world.addresses["node-2"] = ["10.0.2.23"]
        return world
    }

    @Test func `every address of a name is logged in through, once a period`() async throws {
        let bench = try KeepAliveBench(world)
        try await bench.run {
            #expect(bench.logins() == ["10.0.1.23", "10.0.2.23"])
            #expect(bench.status?.period == .seconds(100))
            #expect(bench.status?.kept == ["10.0.1.23": true, "10.0.2.23": true])
            await bench.rounds(until: .seconds(90))
            #expect(bench.logins() == [])
            await bench.rounds(until: .seconds(100))
            #expect(bench.logins() == ["10.0.1.23", "10.0.2.23"])
            await bench.rounds(until: .seconds(300))
            #expect(bench.status?.logins == [.proved: 8])
        }
        #expect(try bench.state == ["10.0.1.23": "proved", "10.0.2.23": "proved"])
    }

    @Test func `a shorter window counts within a second`() async throws {
        let bench = try KeepAliveBench(world)
        try await bench.run {
            #expect(bench.sleep == .milliseconds(500))
            await bench.rounds(until: .seconds(49))
            _ = bench.logins()
            bench.world.withLock { $0.window = .after(.seconds(40)) }
            await bench.rounds(until: .seconds(50))
            #expect(bench.logins() == ["10.0.1.23", "10.0.2.23"])
            await bench.rounds(until: .seconds(59))
            #expect(bench.logins() == [])
            await bench.rounds(until: .seconds(60))
            #expect(bench.logins() == ["10.0.1.23", "10.0.2.23"])
        }
    }

    @Test func `an address past flush_at is logged in through within half a second, once a look`()
        async throws
    {
        let bench = try KeepAliveBench(world)
        try await bench.run {
            await bench.rounds(until: .seconds(9))
            _ = bench.logins()
            bench.world.withLock { $0.pressed = (["10.0.1.23": true], .seconds(9)) }
            await bench.rounds(until: .seconds(9) + .milliseconds(500))
            #expect(bench.logins() == ["10.0.1.23"])
            #expect(bench.status?.kept == ["10.0.1.23": true, "10.0.2.23": true])
            await bench.rounds(until: .seconds(20))
            #expect(bench.logins() == [])
            bench.world.withLock { $0.pressed = (["10.0.1.23": true], .seconds(20)) }
            await bench.rounds(until: .seconds(20) + .milliseconds(500))
            #expect(bench.logins() == ["10.0.1.23"])
            // What the other one needs goes on by the clock.
            await bench.rounds(until: .seconds(100))
            #expect(bench.logins() == ["10.0.2.23"])
        }
    }

    @Test func `an address that is seen blocked and is not let in is not kept`() async throws {
        let bench = try KeepAliveBench(world)
        try await bench.run {
            bench.world.withLock { world in
                world.hosts["10.0.1.23"] = nil
                world.pressed = (["10.0.1.23": true], .seconds(1))
            }
            await bench.rounds(until: .seconds(2))
            #expect(bench.status?.kept == ["10.0.1.23": false, "10.0.2.23": true])
        }
    }

    @Test func `before the first look the assumed window counts, and later the last one`() async throws {
        var world = world
        world.window = nil
        let bench = try KeepAliveBench(world)
        try await bench.run {
            #expect(bench.status?.period == .seconds(50))
            bench.world.withLock { $0.window = .after(.seconds(80)) }
            await bench.rounds(until: .seconds(1))
            #expect(bench.status?.period == .seconds(20))
            bench.world.withLock { $0.window = nil }
            await bench.rounds(until: .seconds(2))
            #expect(bench.status?.period == .seconds(20))
        }
    }

    @Test func `where nobody can be blocked nobody logs in`() async throws {
        var world = world
        world.window = .never
        let bench = try KeepAliveBench(world)
        try await bench.run { await bench.rounds(until: .seconds(600)) }
        #expect(bench.logins() == [])
        #expect(bench.status?.period == nil)
    }

    @Test(arguments: ["10.9.9.9", "10.9.9.8", "127.0.0.1"])
    func `our own address is a finding, is told once and keeps nothing`(_ seen: String) async throws {
        var world = world
        world.hosts["10.0.2.23"] = seen
        let bench = try KeepAliveBench(world)
        try await bench.run { await bench.rounds(until: .seconds(300)) }
        #expect(bench.status?.kept == ["10.0.1.23": true, "10.0.2.23": false])
        #expect(bench.status?.logins == [.proved: 4, .ownAddress: 4])
        let lines = bench.log.taken().filter { $0.contains("HC306") }
        #expect(lines.count == 1)
        #expect(lines.first?.hasPrefix("<3>") == true)
        #expect(lines.first?.contains("via=10.0.2.23") == true)
        #expect(try bench.state == ["10.0.1.23": "proved", "10.0.2.23": "own_address"])
    }

    @Test func `a host that cannot be resolved proves nothing`() async throws {
        let bench = try KeepAliveBench()
        try await bench.run()
        #expect(bench.status?.logins == [.proved: 1, .unknown: 1])
        #expect(bench.status?.kept == ["10.0.1.23": true, "10.0.2.23": false])
    }

    @Test func `without a direct connection nothing is proved, and it is tried once a minute`() async throws {
        var world = world
        world.directHost = nil
        world.window = .after(.seconds(8))
        let bench = try KeepAliveBench(world)
        try await bench.run {
            await bench.rounds(until: .seconds(120))
            #expect(bench.status?.kept == ["10.0.1.23": false, "10.0.2.23": false])
            #expect(bench.world.withLock(\.directLogins) == 3)
            bench.world.withLock { $0.directHost = "10.9.9.9" }
            await bench.rounds(until: .seconds(180))
            #expect(bench.status?.kept == ["10.0.1.23": true, "10.0.2.23": true])
        }
    }

    @Test func `a dead node backs off and does not touch the others`() async throws {
        var world = world
        world.hosts["10.0.2.23"] = nil
        world.window = .after(.seconds(40))
        let bench = try KeepAliveBench(world)
        try await bench.run {
            await bench.rounds(until: .seconds(600))
            let logins = bench.logins()
            #expect(logins.count { $0 == "10.0.1.23" } == 61)
            // After 0, 5, 15, 35, 75 s, then every 60 s.
            #expect(logins.count { $0 == "10.0.2.23" } == 13)
        }
        #expect(bench.log.taken().count { $0.contains("keep-alive login failed") } == 1)
    }

    @Test func `what has not changed is recorded again, once a minute at most`() async throws {
        var world = world
        world.window = .after(.seconds(40))
        let bench = try KeepAliveBench(world)
        try await bench.run {
            for (seconds, writtenAt) in [(59, 0), (61, 60), (119, 60), (121, 120)] as [(Int64, Int64)] {
                await bench.rounds(until: .seconds(seconds))
                let time = WallClock.text(Timekeeper.wallAtZero + .seconds(writtenAt))
                let document = try bench.document
                #expect(document?.servers["orders"]?.keepAliveAt == time)
            }
        }
    }

    @Test func `a password that was not let in yet is tried through one address at a time`() async throws {
        var world = world
        world.hosts = [:]
        world.isProven = false
        let bench = try KeepAliveBench(world)
        try await bench.run {
            #expect(bench.logins() == ["10.0.1.23"])
            await bench.rounds(until: .seconds(1))
            #expect(bench.logins() == ["10.0.2.23"])
        }
    }

    @Test func `a name that cannot be resolved any more keeps its last addresses`() async throws {
        let bench = try KeepAliveBench(world)
        try await bench.run {
            bench.world.withLock { $0.addresses["nlb"] = nil }
            await bench.rounds(until: .seconds(130))
            #expect(bench.status?.logins == [.proved: 4])
        }
        #expect(bench.log.taken().count { $0.contains("cannot be resolved") } == 1)
    }

    @Test func `an address that answers leave out stays as long as logins through it succeed`() async throws {
        let bench = try KeepAliveBench(world)
        try await bench.run {
            bench.world.withLock { $0.addresses["nlb"] = ["10.0.1.23"] }
            await bench.rounds(until: .seconds(190))
            #expect(bench.status?.kept == ["10.0.1.23": true, "10.0.2.23": true])
            bench.world.withLock { $0.hosts["10.0.2.23"] = nil }
            await bench.rounds(until: .seconds(240))
            #expect(bench.status?.kept == ["10.0.1.23": true])
        }
    }
}
