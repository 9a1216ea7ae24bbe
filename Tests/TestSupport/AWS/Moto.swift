import FoundationEssentials
import Glibc
import Secrets
package import SigV4

/// moto's server on a port of 127.0.0.1: an independent opinion on what AWS does.
///
/// It checks signatures and permissions, and accepts values that AWS refuses. Tried with moto 5.2.1.
///
/// Its process is killed when this one dies, however it dies.
package final class Moto: Sendable {
    package let port: UInt16
    /// A user who may do everything.
    package let credentials: AWSCredentials

    private let process: ChildProcess

    private init(port: UInt16, credentials: AWSCredentials, process: ChildProcess) {
        self.port = port
        self.credentials = credentials
        self.process = process
    }

    /// Whether `moto_server` is installed: `pip install 'moto[server]'`.
    package static var isAvailable: Bool { program != nil }

    /// Starts a server and its first user.
    ///
    /// Throws ``ServerError`` when it does not come up.
    package static func start() async throws -> Moto {
        guard let program else {
            throw ServerError("moto_server is not in PATH: pip install 'moto[server]'")
        }
        var attempts = 3
        while true {
            do {
                return try await start(program, port: freePort())
            } catch let error as ServerError where error.isPortTaken && attempts > 1 {
                attempts -= 1
            }
        }
    }

    private static func start(_ program: String, port: UInt16) async throws -> Moto {
        let process = try await ChildProcess.start(
            program,
            ["-H", "127.0.0.1", "-p", String(port)],
            environment: ProcessInfo.processInfo.environment.filter { !$0.key.hasPrefix("AWS_") }
        )
        try await waitUntil(deadline: .seconds(60), "moto answers on port \(port)") {
            guard process.exitStatus == nil else {
                throw ServerError("moto ended: \(process.standardError.suffix(500))")
            }
            // Whoever else has the port does not know this path.
            return await plain("GET /moto-api/data.json HTTP/1.0\r\n\r\n", port: port)?.status == 200
        }
        // Until checking is on, any key does.
        let anybody = AWSCredentials(
            accessKeyID: "anybody",
            secretAccessKey: Secret("any"),
            sessionToken: nil
        )
        let client = SignedClient(port: port, credentials: anybody, now: WallTime.now)
        let credentials = try await client.makeUser(allowed: ["*"])
        let head =
            "POST /moto-api/reset-auth HTTP/1.0\r\nContent-Type: text/plain\r\nContent-Length: 1\r\n\r\n"
        guard await plain(head + "0", port: port)?.status == 200 else {
            throw ServerError("moto on port \(port) does not begin to check signatures")
        }
        return Moto(port: port, credentials: credentials, process: process)
    }

    /// The answer to an unsigned request, nil when there is none.
    private static func plain(_ request: String, port: UInt16) async -> WireAnswer? {
        // No connection and half an answer are no answer.
        let bytes = try? await LoopbackHTTP().exchange(Array(request.utf8), port: port, timeout: .seconds(5))
        return bytes.flatMap { WireAnswer($0) }
    }

    /// Where clients send their requests: the value for `AWS_ENDPOINT_URL`.
    package var endpoint: String { "http://127.0.0.1:\(port)" }

    /// A client of the user who may do everything.
    package var client: SignedClient {
        SignedClient(port: port, credentials: credentials, now: WallTime.now)
    }

    /// Ends the server.
    package func stop() async {
        await process.kill()
    }

    /// Makes a user who may do `actions`, such as `elasticloadbalancing:DescribeTags`, on everything.
    package func makeUser(allowed actions: [String]) async throws -> AWSCredentials {
        try await client.makeUser(allowed: actions)
    }

    /// Makes a TCP group for port 3306 with AWS's defaults, and registers a target per address.
    package func makeTargetGroup(
        named name: String,
        targets: [String] = [],
        tags: [TargetGroupState.Tag] = []
    ) async throws -> TargetGroupState {
        let network = try await client.call("DescribeVpcs", [:], service: "ec2", version: "2016-11-15")
        let vpc = try network.required("vpcId")
        var parameters = [
            "Name": name, "Protocol": "TCP", "Port": "3306", "VpcId": vpc, "TargetType": "ip",
        ]
        for (index, tag) in tags.enumerated() {
            parameters["Tags.member.\(index + 1).Key"] = tag.key
            parameters["Tags.member.\(index + 1).Value"] = tag.value
        }
        let arn = try await client.call("CreateTargetGroup", parameters).required("TargetGroupArn")
        for address in targets {
            let target = ["Targets.member.1.Id": address, "Targets.member.1.Port": "3306"]
            _ = try await client.call(
                "RegisterTargets",
                target.merging(["TargetGroupArn": arn]) { own, _ in own }
            )
        }
        return TargetGroupState(
            arn: arn,
            vpc: vpc,
            targets: targets.map { TargetGroupState.Target(id: $0) },
            tags: tags
        )
    }

    private static var program: String? {
        (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":").map { "\($0)/moto_server" }
            .first { access($0, X_OK) == 0 }
    }
}

extension SignedClient {
    fileprivate func makeUser(allowed actions: [String]) async throws -> AWSCredentials {
        let name = "user-\(String(UInt64.random(in: 0 ... .max), radix: 36))"
        let list = actions.map { "\"\($0)\"" }.joined(separator: ",")
        let policy =
            #"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["#
            + list + #"],"Resource":"*"}]}"#
        _ = try await iam("CreateUser", ["UserName": name]).required("UserName")
        _ = try await iam(
            "PutUserPolicy",
            ["UserName": name, "PolicyName": "test", "PolicyDocument": policy]
        )
        let key = try await iam("CreateAccessKey", ["UserName": name])
        return AWSCredentials(
            accessKeyID: try key.required("AccessKeyId"),
            secretAccessKey: Secret(try key.required("SecretAccessKey")),
            sessionToken: nil
        )
    }

    private func iam(_ action: String, _ parameters: [String: String]) async throws -> WireAnswer {
        try await call(action, parameters, service: "iam", version: "2010-05-08")
    }
}

extension WireAnswer {
    fileprivate func required(_ element: String) throws -> String {
        guard let text = first(element) else {
            throw ServerError("moto answered \(status) without \(element): \(body.prefix(300))")
        }
        return text
    }
}
