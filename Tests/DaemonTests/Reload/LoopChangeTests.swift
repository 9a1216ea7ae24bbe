import Configuration
import Daemon
import Testing

struct LoopChangeTests {
    private static let groups = "target_groups = [\"\(ordersGroup)\"]"

    @Test func `the same configuration keeps every loop`() throws {
        let same = try DaemonConfiguration.servers(("orders", Self.groups), ("billing", ""))
        let change = LoopChange(from: same.jobs, to: same.jobs)
        #expect(change.added == [])
        #expect(change.changed == [])
        #expect(change.removed == [])
        #expect(change.kept == [.server("orders"), .server("billing"), .targetGroup(ordersGroup)])
    }

    @Test func `servers are added, changed, removed and kept each by itself`() throws {
        let old = try DaemonConfiguration.servers(("a", ""), ("b", ""), ("c", ""))
        let new = try DaemonConfiguration.servers(("d", ""), ("a", ""), ("b", "max_connect_errors = 7"))
        let change = LoopChange(from: old.jobs, to: new.jobs)
        #expect(change.added == [new.jobs[0]])
        #expect(change.changed == [new.jobs[2]])
        #expect(change.removed == [.server("c")])
        #expect(change.kept == [.server("a")])
    }

    @Test func `a default that changes, changes the servers that follow it`() throws {
        let lines = [("a", ""), ("b", #"check_interval = "5s""#)]
        let old = try DaemonConfiguration.servers(lines[0], lines[1])
        let new = try DaemonConfiguration.servers(
            lines[0],
            lines[1],
            top: "[defaults]\ncheck_interval = \"9s\""
        )
        let change = LoopChange(from: old.jobs, to: new.jobs)
        #expect(change.changed.map(\.subject) == [.server("a")])
        #expect(change.kept == [.server("b")])
    }

    @Test func `the wanted interval concerns the target groups only`() throws {
        let old = try DaemonConfiguration.servers(("orders", Self.groups))
        let new = try DaemonConfiguration.servers(
            ("orders", Self.groups),
            top: "[aws]\nhealth_check_interval = \"60s\""
        )
        let change = LoopChange(from: old.jobs, to: new.jobs)
        #expect(change.changed.map(\.subject) == [.targetGroup(ordersGroup)])
        #expect(change.kept == [.server("orders")])
    }

    @Test func `a mode that changes, changes everything`() throws {
        let old = try DaemonConfiguration.servers(("orders", Self.groups))
        let new = try DaemonConfiguration.servers(("orders", "\(Self.groups)\nmode = \"observe\""))
        let change = LoopChange(from: old.jobs, to: new.jobs)
        #expect(change.changed.map(\.subject) == [.server("orders"), .targetGroup(ordersGroup)])
    }

    @Test func `a group that no server lists any more is removed`() throws {
        let old = try DaemonConfiguration.servers(("orders", Self.groups))
        let new = try DaemonConfiguration.servers(("orders", ""))
        let change = LoopChange(from: old.jobs, to: new.jobs)
        #expect(change.removed == [.targetGroup(ordersGroup)])
        #expect(change.changed.map(\.subject) == [.server("orders")])
    }
}
