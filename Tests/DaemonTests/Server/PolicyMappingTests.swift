import Configuration
import Daemon
import HostCacheCore
import TestSamples
import Testing

struct PolicyMappingTests {
    private func policy(_ lines: String) throws -> Policy {
        Policy(try #require(try DaemonConfiguration.sample(server: lines).servers.first))
    }

    @Test func `addresses and ranges are load balancers' as soon as they are read`() throws {
        let policy = try policy("load_balancers = [\"10.0.1.23\", \"10.1.0.0/16\"]")
        let addresses = ["10.0.1.23", "10.0.1.24", "10.1.2.3", "10.2.0.1"]
        #expect(addresses.filter(policy.isLoadBalancer) == ["10.0.1.23", "10.1.2.3"])
    }

    @Test func `without a key the defaults are the core's own`() throws {
        var expected = Policy()
        expected.isEnforcing = true
        #expect(try policy("") == expected)
    }

    @Test func `every key arrives`() throws {
        var expected = Policy()
        expected.wantedLimit = 4_294_967_295
        expected.actions = [.flush]
        expected.raiseWith = .global
        expected.flushWith = .statement(.truncate)
        expected.flushFor = .any
        expected.loadBalancers = ["10.0.1.23", "10.0.2.45"]
        expected.errorsPerHealthCheck = 9
        expected.flushWithin = try #require(Share(thousandths: 50))
        expected.flushAt = try #require(Share(thousandths: 900))
        expected.checkInterval = .seconds(7)
        expected.guardRails = GuardRails(minFlushGap: .milliseconds(1500), maxFlushesPerHour: 3600)
        #expect(
            try policy(
                """
                mode = "observe"
                actions = ["flush", "interval"]
                max_connect_errors = 4294967295
                raise_with = "global"
                flush_with = "truncate"
                flush_for = "any"
                load_balancers = ["10.0.1.23", "10.0.2.45"]
                errors_per_health_check = 9
                flush_within = 0.05
                flush_at = 0.9
                check_interval = "7s"
                min_flush_gap = "1500ms"
                max_flushes_per_hour = 3600
                """
            ) == expected
        )
    }

    @Test(
        arguments: [
            ("", .any), ("load_balancers = [\"10.0.1.24\"]", nil), ("load_balancers = [\"nlb\"]", nil),
            ("flush_for = \"any\"", .any),
        ] as [(String, Policy.FlushFor?)]
    )
    func `keep-alive alone does not narrow whose errors make a flush due`(
        _ line: String,
        _ flushFor: Policy.FlushFor?
    ) throws {
        let keepAlive = "keep_alive = { via = [\"10.0.1.23\"], user = \"touch\" }"
        #expect(try policy("\(keepAlive)\n\(line)").flushFor == flushFor)
    }

    @Test(
        arguments: [
            ("auto", .automatic), ("persist", .persist), ("global", .global), ("never", .never),
        ] as [(String, Policy.RaiseWith)]
    )
    func `every way to raise has its word`(word: String, wish: Policy.RaiseWith) throws {
        #expect(try policy("raise_with = \"\(word)\"").raiseWith == wish)
    }

    @Test(
        arguments: [
            ("auto", .automatic), ("flush", .statement(.flush)), ("truncate", .statement(.truncate)),
            ("resize", .statement(.resize)),
        ] as [(String, Policy.FlushWith)]
    )
    func `every way to flush has its word`(word: String, wish: Policy.FlushWith) throws {
        #expect(try policy("flush_with = \"\(word)\"").flushWith == wish)
    }

    @Test(
        arguments: [
            ("load-balancers", .loadBalancers), ("any", .any),
        ] as [(String, Policy.FlushFor)]
    )
    func `every scope has its word`(word: String, scope: Policy.FlushFor) throws {
        #expect(try policy("load_balancers = [\"10.0.1.23\"]\nflush_for = \"\(word)\"").flushFor == scope)
    }
}
