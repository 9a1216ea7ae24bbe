import AWSClient
import Testing

/// Who is trusted with a signed request.
@Suite(.timeLimit(.minutes(5))) struct TLSTests {
    /// A request that `openssl s_server` answers.
    static func request(_ server: TLSServer, _ host: String) throws -> HTTPRequest {
        var request = try HTTPRequest.post(to: server.port, host: host, scheme: "https", body: "")
        request.method = "GET"
        return request
    }

    @Test func `only a known certificate for the very name is trusted`() async throws {
        let server = try await TLSServer()
        let trusting = HTTPTransport.curl(environment: ["AWS_CA_BUNDLE": server.certificate])
        let trusted = try await trusting.send(try Self.request(server, "localhost"), .seconds(60))
        #expect(trusted.status == 200)
        let otherName = await failure(of: trusting, try Self.request(server, "127.0.0.1"))
        #expect(otherName?.cause == .tls)
        #expect(otherName?.cause.mayHaveBeenHandled == false)
        for environment in [[:], ["AWS_CA_BUNDLE": ""], ["AWS_CA_BUNDLE": "/does/not/exist.pem"]] {
            let transport = HTTPTransport.curl(environment: environment)
            let stranger = await failure(of: transport, try Self.request(server, "localhost"))
            #expect(stranger?.cause == .tls)
        }
        await server.stop()
    }
}
