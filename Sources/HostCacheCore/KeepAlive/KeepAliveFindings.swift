extension KeepAlivePlan {
    /// What to say of a server's keep-alive logins.
    ///
    /// - Parameters:
    ///   - outcomes: What the last login through each address showed, as the daemon recorded it, by address;
    ///     empty where nothing of late is known.
    ///   - via: How many names and addresses are configured.
    ///   - runs: Whether the daemon may log in at all: only in enforce.
    /// - Returns: One for each address that preserves ours, then one for all.
    package func findings(_ outcomes: [String: KeepAliveOutcome], via: Int, runs: Bool) -> [Finding] {
        let preserved = outcomes.filter { $0.value == .ownAddress }.keys.sorted()
        let other = outcomes.filter { $0.value == .failed || $0.value == .unknown }.keys.sorted()
        let summary = summary(failing: other, via: via, runs: runs, isKnown: !outcomes.isEmpty)
        return preserved.map(Self.preserved) + [summary]
    }

    /// What to say where `keep_alive` is configured and `actions` forbids the logins.
    package static var notListed: Finding {
        Finding(
            .keepAlive,
            .warning,
            "keep_alive is configured, and no login is made: actions does not list keep-alive",
            fixes: [
                Finding.Fix(.file, "hostcached.toml: add \"keep-alive\" to actions, or remove keep_alive")
            ]
        )
    }

    private func summary(failing: [String], via: Int, runs: Bool, isKnown: Bool) -> Finding {
        let each =
            "keep-alive logins through \(via) \(via == 1 ? "address" : "addresses or names"): each \(self)"
        guard runs else {
            return Finding(.keepAlive, .ok, "\(each), in enforce only")
        }
        guard keepsUp else {
            return Finding(
                .keepAlive,
                .warning,
                "keep-alive logins cannot keep up: a clean address is blocked in \(window.phrase)",
                why: "\(Self.shortestPeriod.phrase) is the shortest time between two logins",
                fixes: [Finding.Fix(.advice, "raise max_connect_errors, or make health checks rarer")]
            )
        }
        guard isKnown else {
            return Finding(
                .keepAlive,
                .warning,
                "no keep-alive login of late is known of",
                why: "the daemon that makes them does not run, has only begun, or cannot look at the server",
                fixes: [Finding.Fix(.advice, "start hostcached, or see its log")]
            )
        }
        guard failing.isEmpty else {
            return Finding(
                .keepAlive,
                .warning,
                "keep-alive logins prove nothing through \(failing.joined(separator: ", "))",
                why: "without a login the errors of the load balancer's address go on adding up",
                fixes: [Finding.Fix(.advice, "see the daemon's log for what became of the logins")]
            )
        }
        return Finding(.keepAlive, .ok, each)
    }

    /// What to say of an address that shows the server ours.
    private static func preserved(_ address: String) -> Finding {
        Finding(
            .addressPreserved,
            .warning,
            "the server sees our own address through \(address): keep-alive logins there do not help",
            why: "client IP preservation is on: the load balancer's own errors are not set to zero by them",
            fixes: [
                Finding.Fix(
                    .advice,
                    "turn preserve_client_ip.enabled off on the target group, or remove the address from "
                        + "keep_alive"
                )
            ]
        )
    }
}
