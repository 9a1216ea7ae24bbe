import Daemon
import Logging
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

    @Test func `an event is written every time`() {
        let log = ServerLog(lines.logger, .server, "orders")
        log.write(.info, "looked", [.limit: "100"])
        log.write(.info, "looked", [.limit: "100"])
        #expect(
            lines.taken() == ["<6>looked limit=100 server=orders", "<6>looked limit=100 server=orders"]
        )
    }
}
