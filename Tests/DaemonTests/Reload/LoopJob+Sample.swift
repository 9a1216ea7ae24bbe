import Configuration
import Daemon
import TestSamples

extension DaemonConfiguration {
    /// Servers in `enforce`, each with further lines of its table.
    static func servers(_ servers: (name: String, lines: String)..., top: String = "") throws -> Self {
        let tables = servers.map { server in
            """
            [[server]]
            name = "\(server.name)"
            host = "\(server.name).example.com"
            user = "watch"
            \(server.lines)
            """
        }
        return try .sample("mode = \"enforce\"\n\(top)\n\(tables.joined(separator: "\n"))")
    }

    /// Its jobs, where anything may be done.
    var jobs: [LoopJob] { LoopJob.all(self, mayAct: true) }
}

/// The target group of every sample.
let ordersGroup = "arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/orders/0123456789abcdef"
