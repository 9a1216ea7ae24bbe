import AWSClient
package import Configuration
import HostCacheCore

extension TargetGroupPort {
    /// The port to target groups through AWS's API.
    ///
    /// - Parameters:
    ///   - aws: The configuration's `[aws]`; its endpoint wins over the environment's.
    ///   - environment: The process's, for credentials, proxies and `AWS_ENDPOINT_URL`.
    ///   - timekeeper: The process's clocks.
    ///   - tried: Told of each try of a request: the operation, and whether it succeeded.
    /// - Returns: The port; nothing is asked of AWS before it is used.
    /// - Throws: `EndpointError` for an endpoint that is no URL.
    package static func elbv2(
        _ aws: DaemonConfiguration.AWS,
        environment: [String: String],
        timekeeper: Timekeeper,
        tried: @escaping @Sendable (_ operation: String, _ succeeded: Bool) -> Void = { _, _ in }
    ) throws -> TargetGroupPort {
        var surroundings = AWSSurroundings(
            transport: .curl(environment: environment),
            credentials: .environment(environment),
            now: timekeeper.now,
            wall: timekeeper.wall,
            sleep: timekeeper.sleep,
            random: { Double.random(in: 0..<1) }
        )
        surroundings.tried = tried
        let endpoint = try EndpointURL.override(
            for: .elbv2,
            configured: aws.endpointURL.map { try EndpointURL($0) },
            environment: environment
        )
        return TargetGroupPort(ELBv2(surroundings, endpoint: endpoint))
    }

    private init(_ service: ELBv2) {
        self.init(
            describe: { text in
                let arn = try Self.name(text)
                return try await Self.asking {
                    let targets = try await service.targetHealth(of: arn)
                    // Nothing said of its tags is not the same as no tags: somebody may manage it.
                    guard let tags = try await service.tags(of: [arn])[arn] else {
                        throw TargetGroupFailure(missing: "the tags", of: text)
                    }
                    // Last, since a change rests on the interval most of all.
                    let groups = try await service.targetGroups([arn])
                    guard let group = groups.first(where: { $0.arn == arn }) else {
                        throw TargetGroupFailure(missing: "the group", of: text)
                    }
                    return try TargetGroupEvidence(group, targets: targets, tags: tags)
                }
            },
            modify: { text, change in
                let arn = try Self.name(text)
                let group = try await Self.asking {
                    try await service.modify(
                        arn,
                        intervalSeconds: Int(change.interval.wholeSeconds),
                        timeoutSeconds: change.timeout.map { Int($0.wholeSeconds) },
                        healthyThreshold: change.healthyThreshold
                    )
                }
                return group.healthCheck.intervalSeconds.map { .seconds($0) }
            }
        )
    }

    private static func name(_ text: String) throws -> ARN {
        guard let arn = ARN(text) else {
            throw TargetGroupFailure("\(text) is no ARN", outcomeIsUnknown: false, needsPerson: true)
        }
        return arn
    }

    /// Says what an error means to the loop.
    private static func asking<Value>(_ call: () async throws -> Value) async throws -> Value {
        do {
            return try await call()
        } catch let error as AWSError {
            try Task.checkCancellation()
            throw TargetGroupFailure(
                "\(error)",
                outcomeIsUnknown: error.outcomeIsUnknown,
                needsPerson: error.isAccessDenied || error.isNotFound || error.isCredentialProblem
                    || error.isInvalidRequest || error.isClockSkew
            )
        }
    }
}

extension TargetGroupFailure {
    /// AWS answered, and what it said lacks something that must not be guessed.
    fileprivate init(missing what: String, of arn: String) {
        self.init("AWS does not say \(what) of \(arn)", outcomeIsUnknown: false, needsPerson: false)
    }
}

extension TargetGroupEvidence {
    /// Takes an answer apart; throws when a part is missing that the decision rests on.
    fileprivate init(_ group: TargetGroup, targets: [TargetHealth], tags: [AWSClient.Tag]) throws {
        let arn = "\(group.arn)"
        let check = group.healthCheck
        // Whatever AWS may allow one day, an interval is above zero.
        guard let interval = check.intervalSeconds, interval > 0 else {
            throw TargetGroupFailure(missing: "the health-check interval", of: arn)
        }
        guard let timeout = check.timeoutSeconds, let healthy = check.healthyThreshold,
            let unhealthy = check.unhealthyThreshold, let transport = check.protocolName,
            let port = check.port
        else {
            throw TargetGroupFailure(missing: "the health check", of: arn)
        }
        self.init(
            arn: arn,
            name: group.name ?? arn,
            port: group.port.flatMap { UInt16(exactly: $0) },
            healthCheck: HealthCheck(
                isEnabled: check.isEnabled ?? true,
                transport: transport,
                port: port,
                interval: .seconds(interval),
                timeout: .seconds(timeout),
                healthyThreshold: healthy,
                unhealthyThreshold: unhealthy
            ),
            targets: targets.map {
                Target(
                    id: $0.targetID,
                    port: $0.port.flatMap { UInt16(exactly: $0) },
                    state: $0.state.rawValue
                )
            },
            tags: tags.map { Tag(key: $0.key, value: $0.value) },
            loadBalancers: group.loadBalancers.map(\.description)
        )
    }
}
