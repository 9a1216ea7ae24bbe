import Commands
import Daemon
import HostCacheCore
import TestSamples

extension Diagnosis {
    /// What one look at a server with a load balancer at 10.0.1.23 comes to.
    static func sample(
        _ name: String = "orders",
        _ settings: ServerSettings,
        _ rows: [HostCacheRow] = [],
        abortedConnects: UInt64 = 0
    ) -> Diagnosis {
        let look = Observation.sample(settings, rows, abortedConnects: abortedConnects)
        let policy = Policy.sample()
        var controller = Controller(policy: policy, memory: Memory(), counters: Counters())
        let assessment = controller.look(look, interval: .seconds(30))
        return Diagnosis(
            name: name,
            address: "\(name).example.com:3306",
            assessment,
            look,
            policy: policy,
            interval: .seconds(30)
        )
    }

    /// A server that gave a look no answer.
    static func failed(
        _ reason: ServerFailure.Reason,
        code: UInt32? = nil,
        _ message: String,
        _ ownBlock: OwnBlock? = nil
    ) -> Diagnosis {
        var failure = ServerFailure(
            reason,
            code: code,
            message: message,
            outcomeIsUnknown: false,
            losesConnection: false
        )
        failure.ownBlock = ownBlock
        return Diagnosis(
            name: "orders",
            address: "orders.example.com:3306",
            failure: failure,
            user: "watch",
            wantedLimit: 5000
        )
    }

    static let critical = sample(
        "orders",
        .sample(.mysql80, limit: 100),
        [
            .sample(spent: 100, blocked: 7, firstErrorAge: .seconds(500)),
            .sample("10.9.9.9", name: "app.example.com", spent: 3),
        ]
    )
    static let healthy = sample(
        "orders",
        .sample(),
        [.sample(spent: 12, firstErrorAge: .seconds(60))]
    )
    static let blind = sample(
        "orders",
        .sample(.mariadb, performanceSchema: false, limit: 100),
        abortedConnects: 40
    )
    static let empty = sample("orders", .sample())
    static let cannotBlock = sample("orders", .sample(skipNameResolve: true))
    static let unreachable = failed(
        .connect,
        "connect to orders.example.com:3306 failed: Can't connect to server (111) (error 2002, SQLSTATE HY000)"
    )
    static let blockedOurselves = failed(
        .blocked,
        code: 1129,
        "connect to orders.example.com:3306 failed: Host '10.0.1.23' is blocked (error 1129, SQLSTATE HY000)",
        OwnBlock(seenAs: "10.0.1.23", connectedFrom: "10.0.9.17", flavour: nil)
    )
}
