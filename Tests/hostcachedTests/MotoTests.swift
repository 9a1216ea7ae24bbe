import Secrets
import SigV4
import TestSupport
import TestTraits
import Testing

/// The daemon against moto, which checks signatures and permissions by itself.
///
/// The watched server does not answer in these tests: target groups do not wait for it.
@Suite(.tags(.realTime), .timeLimit(.minutes(5)), .enabled("needs moto_server") { Moto.isAvailable })
struct MotoTests {
    private func daemon(
        _ mode: String,
        _ moto: Moto,
        _ group: TargetGroupState,
        as credentials: AWSCredentials
    ) async throws -> DaemonProcess {
        let folder = try TemporaryFolder("moto")
        try DaemonProcess.writeConfiguration(
            forPort: 3306,
            mode: mode,
            keys: IntervalScenario.key([group.arn]),
            sections: IntervalScenario.section(moto.endpoint),
            in: folder
        )
        return try await DaemonProcess(
            in: folder,
            environment: IntervalScenario.environment(credentials)
        )
    }

    private func interval(_ moto: Moto, _ group: TargetGroupState) async throws -> String? {
        try await moto.client.call("DescribeTargetGroups", ["TargetGroupArns.member.1": group.arn])
            .first("HealthCheckIntervalSeconds")
    }

    @Test func `thirty seconds become three hundred`() async throws {
        let moto = try await Moto.start()
        let group = try await moto.makeTargetGroup(named: "orders", targets: ["10.0.9.17"])
        let observing = try await daemon("observe", moto, group, as: moto.credentials)
        try await waitUntil("the interval is held") {
            observing.log.contains { $0.contains("the health-check interval is left alone") }
        }
        try await observing.stop()
        #expect(try await interval(moto, group) == "30")

        let enforcing = try await daemon("enforce", moto, group, as: moto.credentials)
        try await waitUntil("the interval is set") {
            enforcing.log.contains { $0.contains("health-check interval set") }
        }
        try await enforcing.stop()
        #expect(try await interval(moto, group) == "300")
        await moto.stop()
    }

    @Test func `a wrong secret is refused with action and request id, and nothing secret`() async throws {
        let moto = try await Moto.start()
        let group = try await moto.makeTargetGroup(named: "orders", targets: ["10.0.9.17"])
        let wrong = AWSCredentials(
            accessKeyID: moto.credentials.accessKeyID,
            secretAccessKey: Secret(String(repeating: "x", count: 40)),
            sessionToken: nil
        )
        let daemon = try await daemon("enforce", moto, group, as: wrong)
        let line = try await told("target group cannot be read", by: daemon)
        #expect(line.contains("DescribeTargetHealth"))
        #expect(line.contains("request id"))
        #expect(!line.contains("xxxxxxxx"))
        try await daemon.stop()
        #expect(try await interval(moto, group) == "30")
        await moto.stop()
    }

    @Test func `a missing permission is refused with action and request id`() async throws {
        let moto = try await Moto.start()
        let group = try await moto.makeTargetGroup(named: "orders", targets: ["10.0.9.17"])
        let reader = try await moto.makeUser(allowed: ["elasticloadbalancing:Describe*"])
        let daemon = try await daemon("enforce", moto, group, as: reader)
        let line = try await told("health-check interval cannot be set", by: daemon)
        #expect(line.contains("ModifyTargetGroup"))
        #expect(line.contains("request id"))
        #expect(!line.contains(reader.secretAccessKey.reveal()))
        try await daemon.stop()
        #expect(try await interval(moto, group) == "30")
        await moto.stop()
    }

    private func told(_ words: String, by daemon: DaemonProcess) async throws -> String {
        try await waitUntil("the failure is told") {
            daemon.log.contains { $0.contains(words) }
        }
        return try #require(daemon.log.first { $0.contains(words) })
    }
}
