import Daemon
import HostCacheCore
import Logging
import TestSamples
import Testing

struct ServerLogTests {
    private let lines = LogLines()

    @Test func `a state is told when it changes, not while it lasts`() {
        var log = ServerLog(lines.logger, .server, "orders")
        for state in ["down", "down", "up", "up", "down"] {
            log.tell("server", state, .warning, "server is \(state)", [.reason: "test"])
        }
        #expect(
            lines.taken() == [
                "<4>server is down reason=test server=orders", "<4>server is up reason=test server=orders",
                "<4>server is down reason=test server=orders",
            ]
        )
    }

    @Test func `what is known is not told, and what is forgotten is told again`() {
        var log = ServerLog(lines.logger, .server, "orders")
        log.know("server", "up")
        log.tell("server", "up", .notice, "server is up", [:])
        log.know("server", nil)
        log.tell("server", "up", .notice, "server is up", [:])
        #expect(lines.taken() == ["<5>server is up server=orders"])
    }

    @Test func `topics do not know of each other`() {
        var log = ServerLog(lines.logger, .server, "orders")
        log.tell("a", "x", .error, "first", [:])
        log.tell("b", "x", .error, "second", [:])
        #expect(lines.taken() == ["<3>first server=orders", "<3>second server=orders"])
    }

    @Test func `an address that may be an unlisted load balancer is told once, whatever is flushed`() {
        var log = ServerLog(lines.logger, .server, "orders")
        let forecasts = [
            [HostCacheRow.sample("10.9.9.9", spent: 2500)], [], [.sample("10.9.9.9", spent: 5000)],
        ]
        .map { Forecast.sample($0) }
        for forecast in forecasts { log.explainUnlisted(forecast, policy: .sample()) }
        #expect(
            lines.taken() == [
                "<4>an address outside load_balancers makes errors as a load balancer does "
                    + "advice=\"hostcached.toml: load_balancers = [\\\"10.9.9.9\\\", …], added to those there\" "
                    + "finding=HC211 reason=\"10.9.9.9 is not in load_balancers, and its errors are past flush_at: "
                    + "2500 of 5000 spent, 100% of all errors\" server=orders"
            ]
        )
    }

    @Test func `an event is written every time`() {
        let log = ServerLog(lines.logger, .server, "orders")
        log.write(.info, "looked", [.limit: "100"])
        log.write(.info, "looked", [.limit: "100"])
        #expect(
            lines.taken() == ["<6>looked limit=100 server=orders", "<6>looked limit=100 server=orders"]
        )
    }
}
