import Daemon
import HostCacheCore
import Testing

struct IntervalBoardTests {
    private let board = IntervalBoard()

    private func interval(of arns: [String], at seconds: Int64 = 0) -> Duration {
        board.interval(
            of: arns,
            port: 3306,
            assumed: .seconds(7),
            awaitsReadings: false,
            at: .seconds(seconds)
        )
    }

    private func write(_ arn: String, interval: Int64, at seconds: Int64 = 0, port: String = "3306") {
        var group = TargetGroupEvidence.sample(port: port)
        group.arn = arn
        group.healthCheck.interval = .seconds(interval)
        board.write(group, at: .seconds(seconds))
    }

    @Test func `without a group, or before its first look, the assumed interval counts`() {
        write("a", interval: 300)
        #expect(interval(of: []) == .seconds(7))
        #expect(interval(of: ["b"]) == .seconds(7))
    }

    @Test func `the shortest known of several counts`() {
        write("a", interval: 300)
        write("b", interval: 30)
        #expect(interval(of: ["a", "b"]) == .seconds(30))
        #expect(interval(of: ["a", "c"]) == .seconds(300))
    }

    private static let alpha = "alpha-0123456789abcdef.elb.us-east-1.amazonaws.com"
    private static let beta = "us-east-1a.beta-fedcba9876543210.elb.us-east-1.amazonaws.com"

    private func own(_ addresses: [String: Set<String>], at seconds: Int64 = 0) -> [String: Duration] {
        board.ownIntervals(of: addresses, groups: ["a", "b", "c"], port: 3306, at: .seconds(seconds))
    }

    private func write(_ arn: String, interval: Int64, of balancers: [String], port: String = "3306") {
        var group = TargetGroupEvidence.sample(port: port)
        group.arn = arn
        group.healthCheck.interval = .seconds(interval)
        group.loadBalancers = balancers.map {
            "arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/net/\($0)"
        }
        board.write(group, at: .zero)
    }

    @Test func `the addresses of a load balancer's name have the interval of its own groups`() {
        write("a", interval: 300, of: ["alpha/0123456789abcdef"])
        write("b", interval: 30, of: ["beta/fedcba9876543210", "gamma/0000000000000000"])
        let names: [String: Set<String>] = [
            Self.alpha: ["10.0.1.23"], Self.beta: ["10.0.2.23"], "nlb.example.com": ["10.0.3.23"],
        ]
        #expect(own(names) == ["10.0.1.23": .seconds(300), "10.0.2.23": .seconds(30)])
        #expect(own(names, at: 3600).count == 2)
        #expect(own(names, at: 3601) == [:])
        // One address of both, and a check that goes elsewhere.
        #expect(own([Self.alpha: ["10.0.1.23"], Self.beta: ["10.0.1.23"]]) == ["10.0.1.23": .seconds(30)])
        write("b", interval: 30, of: ["beta/fedcba9876543210"], port: "9200")
        #expect(own(names) == ["10.0.1.23": .seconds(300)])
    }

    @Test(arguments: [(3699, 300), (3700, 300), (3701, 7)] as [(Int64, Int64)])
    func `a reading stands for an hour`(_ now: Int64, _ seconds: Int64) {
        write("a", interval: 300, at: 100)
        #expect(interval(of: ["a"], at: now) == .seconds(seconds))
    }

    @Test func `a group whose check goes elsewhere says nothing`() {
        write("a", interval: 300)
        write("b", interval: 10, port: "9200")
        #expect(interval(of: ["a", "b"]) == .seconds(300))
        #expect(interval(of: ["b"]) == .seconds(7))
    }

    @Test func `while the server's port is not known every group counts`() {
        write("a", interval: 300)
        write("b", interval: 10, port: "9200")
        let interval = board.interval(
            of: ["b"],
            port: nil,
            assumed: .seconds(7),
            awaitsReadings: false,
            at: .zero
        )
        #expect(interval == .seconds(10))
    }

    @Test func `the last reading of a group counts`() {
        write("a", interval: 30)
        write("a", interval: 300, at: 60)
        #expect(interval(of: ["a"], at: 3660) == .seconds(300))
    }

    @Test(arguments: [(100, 300), (159, 300), (160, 7), (161, 7)] as [(Int64, Int64)])
    func `the first reading of a group is waited for a minute`(_ now: Int64, _ seconds: Int64) {
        #expect(awaited(["a"], at: 100) == .seconds(300))
        #expect(awaited(["a"], at: now) == .seconds(seconds))
        #expect(board.isAwaiting(["a"], at: .seconds(now)) == (seconds == 300))
        // One that begins to be listed later is waited for from then on.
        #expect(awaited(["b"], at: now) == .seconds(300))
        #expect(board.isAwaiting(["a", "b"], at: .seconds(now)))
    }

    @Test func `nobody waits for a group that was read`() {
        #expect(awaited(["a"], at: 0) == .seconds(300))
        write("a", interval: 30)
        #expect(awaited(["a"], at: 1) == .seconds(30))
        #expect(!board.isAwaiting(["a"], at: .seconds(1)))
        #expect(!board.isAwaiting([], at: .seconds(1)))
    }

    private func awaited(_ arns: [String], at seconds: Int64) -> Duration {
        board.interval(
            of: arns,
            port: 3306,
            assumed: .seconds(7),
            awaitsReadings: true,
            at: .seconds(seconds)
        )
    }
}
