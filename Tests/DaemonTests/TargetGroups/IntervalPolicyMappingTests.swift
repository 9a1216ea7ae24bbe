import Configuration
import Daemon
import HostCacheCore
import TestSamples
import Testing

struct IntervalPolicyMappingTests {
    private static let orders = "arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/orders/1"
    private static let billing = "arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/billing/2"

    /// Two servers that share the group `orders`, each with further lines; only the second has `billing`.
    private func policies(
        _ first: String = "",
        _ second: String = "",
        aws: String = "",
        mayAct: Bool = true
    ) throws -> [String: IntervalPolicy] {
        let configuration = try DaemonConfiguration.sample(
            """
            mode = "enforce"
            \(aws)
            [[server]]
            name = "one"
            host = "one.example.com"
            user = "watch"
            target_groups = ["\(Self.orders)"]
            \(first)
            [[server]]
            name = "two"
            host = "two.example.com"
            port = 3307
            user = "watch"
            target_groups = ["\(Self.billing)", "\(Self.orders)"]
            \(second)
            """
        )
        let all = IntervalPolicy.all(configuration, mayAct: mayAct)
        #expect(all.map(\.arn) == [Self.orders, Self.billing])
        return Dictionary(uniqueKeysWithValues: all.map { ($0.arn, $0.policy) })
    }

    @Test func `without a key 300 s are wanted, of every port that lists the group`() throws {
        let orders = IntervalPolicy.sample { $0.watchedPorts = [3306, 3307] }
        let billing = IntervalPolicy.sample { $0.watchedPorts = [3307] }
        #expect(try policies() == [Self.orders: orders, Self.billing: billing])
    }

    @Test func `what is wanted is the same for all groups`() throws {
        let policies = try policies(aws: "[aws]\nhealth_check_interval = \"60s\"\nhealthy_threshold = 2")
        #expect(policies.mapValues(\.wanted) == [Self.orders: .seconds(60), Self.billing: .seconds(60)])
        #expect(policies.mapValues(\.healthyThreshold) == [Self.orders: 2, Self.billing: 2])
    }

    @Test(
        arguments: [
            ("mode = \"observe\"", false, true), ("actions = [\"flush\", \"raise\"]", true, false),
        ] as [(String, Bool, Bool)]
    )
    func `one server that forbids it forbids it for its groups only`(
        _ line: String,
        _ isEnforcing: Bool,
        _ isAllowed: Bool
    ) throws {
        let orders = IntervalPolicy.sample {
            $0.watchedPorts = [3306, 3307]
            $0.isEnforcing = isEnforcing
            $0.isAllowed = isAllowed
        }
        let billing = IntervalPolicy.sample { $0.watchedPorts = [3307] }
        #expect(try policies(line) == [Self.orders: orders, Self.billing: billing])
    }

    @Test(arguments: ["accept_slow_failover = true", "adopt = true"])
    func `what all servers of a group must say, one alone does not say`(_ line: String) throws {
        let granted = { (policy: IntervalPolicy) in policy.acceptsSlowFailover || policy.adopts }
        #expect(try policies(line).mapValues(granted) == [Self.orders: false, Self.billing: false])
        #expect(try policies("", line).mapValues(granted) == [Self.orders: false, Self.billing: true])
        #expect(try policies(line, line).mapValues(granted) == [Self.orders: true, Self.billing: true])
    }

    @Test func `a daemon that must not act enforces nothing`() throws {
        #expect(
            try policies(mayAct: false).mapValues(\.isEnforcing) == [Self.orders: false, Self.billing: false]
        )
    }

    @Test func `without target groups there is no policy`() throws {
        let configuration = try DaemonConfiguration.sample(server: "")
        #expect(IntervalPolicy.all(configuration, mayAct: true).isEmpty)
    }
}
