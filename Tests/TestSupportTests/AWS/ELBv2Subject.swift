import Secrets
import SigV4
import TestSupport
import TestTraits

/// Something that claims to be Elastic Load Balancing, with one target group that nobody else uses.
struct ELBv2Subject: Sendable {
    enum Kind: CaseIterable, Sendable {
        case fake
        case moto
    }

    let kind: Kind
    /// May do everything.
    let client: SignedClient
    /// As it is at the beginning.
    let group: TargetGroupState
    /// Credentials that may do everything but `action`.
    let credentials: @Sendable (_ denied: String) async throws -> AWSCredentials

    /// Hands a subject to `body`; where moto is missing the case is cancelled with the reason.
    static func with(_ kind: Kind, _ body: (ELBv2Subject) async throws -> Void) async throws {
        switch kind {
        case .fake: try await withFake(body)
        case .moto: try await withMoto(body)
        }
    }

    /// The interval that the service now says the group has, in seconds.
    func interval() async throws -> String? {
        let parameters = ["TargetGroupArns.member.1": group.arn]
        return try await client.call("DescribeTargetGroups", parameters).first("HealthCheckIntervalSeconds")
    }

    private static let tags = [TargetGroupState.Tag(key: "hostcached", value: "managed")]

    private static func withFake(_ body: (ELBv2Subject) async throws -> Void) async throws {
        let credentials = AWSCredentials(
            accessKeyID: "AKIDEXAMPLE",
            secretAccessKey: Secret("wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"),
            sessionToken: nil
        )
        try await FakeAWS.with(accepting: [credentials], now: WallTime.now) { fake in
            let group = TargetGroupState(
                arn:
                    "arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/orders/d4161e370077b179",
                targets: [.init(id: "10.0.1.10")],
                tags: tags
            )
            await fake.put(group)
            let subject = ELBv2Subject(
                kind: .fake,
                client: SignedClient(port: fake.port, credentials: credentials, now: WallTime.now),
                group: group,
                credentials: { denied in
                    try await fake.set(.init(deniedActions: [denied]))
                    return credentials
                }
            )
            try await body(subject)
        }
    }

    private static func withMoto(_ body: (ELBv2Subject) async throws -> Void) async throws {
        try Moto.skipUnlessAvailable()
        let moto = try await SharedMoto.shared.start()
        let name = "orders-\(String(UInt32.random(in: 0 ... .max), radix: 36))"
        let actions = ["DescribeTags", "DescribeTargetGroups", "DescribeTargetHealth", "ModifyTargetGroup"]
        let subject = ELBv2Subject(
            kind: .moto,
            client: moto.client,
            group: try await moto.makeTargetGroup(named: name, targets: ["10.0.1.10"], tags: tags),
            credentials: { denied in
                let allowed = actions.filter { $0 != denied }.map { "elasticloadbalancing:\($0)" }
                return try await moto.makeUser(allowed: allowed)
            }
        )
        try await body(subject)
    }
}

/// The one moto of this process, which ends with it: starting one takes seconds.
private actor SharedMoto {
    static let shared = SharedMoto()

    private var starting: Task<Moto, any Error>?

    func start() async throws -> Moto {
        // Every case waits for the same start; it is never cancelled, and bounded by its own deadline.
        let task = starting ?? Task { try await Moto.start() }
        starting = task
        return try await task.value
    }
}
