import AWSClient
import Testing

/// The proxy that the environment names; the server at the proxy's address sees how it is asked.
@Suite(.timeLimit(.minutes(5))) struct ProxyTests {
    static let refusal = RawServer.Step.send("HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n")

    @Test(arguments: ["http_proxy", "all_proxy", "ALL_PROXY"])
    func `http goes to the proxy with its whole URL`(_ name: String) async throws {
        let proxy = RawServer([Self.refusal])
        let transport = HTTPTransport.curl(environment: [name: "http://127.0.0.1:\(proxy.port)"])
        let request = try HTTPRequest.post(to: 8_080, host: "aws.invalid")
        #expect(try await transport.send(request, .seconds(60)).status == 403)
        let seen = try #require(await proxy.requests.first { _ in true })
        #expect(seen.hasPrefix("POST http://aws.invalid:8080/ HTTP/1.1\r\n"))
    }

    @Test(arguments: ["https_proxy", "HTTPS_PROXY", "all_proxy"])
    func `https asks the proxy for a tunnel and shows it nothing`(_ name: String) async throws {
        let proxy = RawServer([Self.refusal])
        let transport = HTTPTransport.curl(environment: [name: "http://127.0.0.1:\(proxy.port)"])
        let request = try HTTPRequest.post(to: 443, host: "aws.invalid", scheme: "https")
        #expect(await failure(of: transport, request)?.cause.isTransient == true)
        let seen = try #require(await proxy.requests.first { _ in true })
        #expect(seen.hasPrefix("CONNECT aws.invalid:443 HTTP/1.1\r\n"))
        #expect(!seen.contains("TopSecretSignature"))
    }

    @Test(arguments: ["127.0.0.1", "localhost", "127.1.2.3"])
    func `loopback is never reached through a proxy`(_ host: String) async throws {
        let server = RawServer([.send("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")], address: 0)
        let transport = HTTPTransport.curl(environment: [
            "all_proxy": "http://127.0.0.1:1", "http_proxy": "x",
        ])
        let request = try HTTPRequest.post(to: server.port, host: host)
        #expect(try await transport.send(request, .seconds(60)).status == 200)
    }

    @Test(
        arguments: [
            ["http_proxy": "http://127.0.0.1:1", "no_proxy": "other.invalid,.aws.invalid"],
            ["HTTP_PROXY": "http://127.0.0.1:1"], ["https_proxy": "http://127.0.0.1:1"], ["http_proxy": ""],
        ]
    )
    func `a host that is excepted is asked for by its own name`(_ environment: [String: String]) async throws
    {
        let transport = HTTPTransport.curl(environment: environment)
        let error = await failure(of: transport, try .post(to: 80, host: HTTPRequest.nowhere))
        #expect(error?.cause == .nameResolution)
    }

    @Test(
        arguments: [
            ("strange://me:TopSecretPw@\(HTTPRequest.nowhere):1", "Couldn't connect to server"),
            ("http://me:TopSecretPw@\(HTTPRequest.nowhere):1", "Couldn't resolve proxy name"),
            ("http://me:TopSecretPw@\(HTTPRequest.nowhere):x", "Couldn't resolve proxy name"),
        ]
    )
    func `an unusable proxy is reported without its password`(_ proxy: String, _ reason: String) async throws
    {
        let transport = HTTPTransport.curl(environment: ["http_proxy": proxy])
        let error = try #require(await failure(of: transport, try .post(to: 80, host: HTTPRequest.nowhere)))
        #expect(error.cause.mayHaveBeenHandled == false)
        // libcurl 8 says "Could not" where 7 says "Couldn't".
        #expect(
            error.description.replacing("Could not", with: "Couldn't")
                == "POST http://\(HTTPRequest.nowhere)/ failed: \(reason), through the proxy of the environment "
                + "(https_proxy, http_proxy, all_proxy)"
        )
    }
}
