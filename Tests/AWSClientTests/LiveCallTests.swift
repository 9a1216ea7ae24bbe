import AWSClient
import Testing

/// The whole way: client, libcurl, a server, and back; on loopback.
@Suite(.timeLimit(.minutes(5))) struct LiveCallTests {
    static func elbv2(_ server: RawServer) throws -> ELBv2 {
        var surroundings = ScriptedAWS([]).surroundings
        surroundings.transport = .curl(environment: [:])
        return ELBv2(surroundings, endpoint: try EndpointURL("http://127.0.0.1:\(server.port)"))
    }

    @Test func `a call over libcurl sends what was signed`() async throws {
        let content = """
            <DescribeTargetHealthResponse><DescribeTargetHealthResult><TargetHealthDescriptions/>\
            </DescribeTargetHealthResult></DescribeTargetHealthResponse>
            """
        let server = RawServer([
            .send("HTTP/1.1 200 OK\r\nContent-Length: \(content.utf8.count)\r\n\r\n\(content)")
        ])
        #expect(try await Self.elbv2(server).targetHealth(of: .targetGroup()) == [])
        let request = try #require(await server.requests.first { _ in true })
        let lines = request.split(separator: "\r\n", omittingEmptySubsequences: false)
        #expect(
            lines.dropLast(4) == [
                "POST / HTTP/1.1", "Host: 127.0.0.1:\(server.port)", "User-Agent: hostcached",
                "Content-Type: application/x-www-form-urlencoded; charset=utf-8",
                "X-Amz-Date: 20261122T185239Z",
                "X-Amz-Security-Token: \(ScriptedAWS.token)",
            ]
        )
        #expect(lines.suffix(4).first?.hasPrefix("Authorization: AWS4-HMAC-SHA256 Credential=") == true)
    }

    @Test func `a server that hangs up is tried three times, and the error says where`() async throws {
        let server = RawServer([])
        let elbv2 = try Self.elbv2(server)
        let error = await failure { () async throws(AWSError) in
            try await elbv2.targetHealth(of: .targetGroup())
        }
        #expect(
            error.map { "\($0)" }
                == "elasticloadbalancing:DescribeTargetHealth failed: Empty reply from server "
                + "(http://127.0.0.1:\(server.port), 3 attempts)"
        )
    }
}
