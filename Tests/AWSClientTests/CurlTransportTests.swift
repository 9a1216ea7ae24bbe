import AWSClient
import Secrets
import TestSupport
import Testing

/// libcurl against servers that answer, and against those that misbehave; all on loopback.
@Suite(.timeLimit(.minutes(5))) struct CurlTransportTests {
    let transport = HTTPTransport.curl(environment: [:])

    @Test func `a request arrives as it was made, and the answer comes back whole`() async throws {
        let server = RawServer([
            .send("HTTP/1.1 100 Continue\r\nX-Early: 1\r\n\r\n"),
            .send("HTTP/1.1 418 Teapot\r\nX-One: a\r\nx-one:  b \r\nContent-Length: 5\r\n\r\nhe"),
            .send("llo"),
        ])
        let request = try HTTPRequest.post(to: server.port)
        let response = try await transport.send(request, .seconds(60))
        #expect(
            response
                == HTTPResponse(
                    status: 418,
                    headers: [.init("X-One", "a"), .init("x-one", "b"), .init("Content-Length", "5")],
                    body: Array("hello".utf8)
                )
        )
        #expect(response[header: "X-ONE"] == "a")
        #expect(response[header: "X-Early"] == nil)
        #expect(
            await server.requests.first { _ in true } == """
                POST / HTTP/1.1\r
                Host: 127.0.0.1:\(server.port)\r
                User-Agent: hostcached\r
                Authorization: TopSecretSignature\r
                Content-Length: 10\r
                \r
                Action=Try
                """
        )
    }

    @Test(arguments: ["GET", "PUT", "POST"])
    func `a request without content is sent under its own method`(_ method: String) async throws {
        let server = RawServer([.send("HTTP/1.1 204 No Content\r\n\r\n")])
        var request = try HTTPRequest.post(to: server.port, headers: [], body: "")
        request.method = method
        request.path = "/latest/api/token?a=%20b"
        let response = try await transport.send(request, .seconds(60))
        #expect(response == HTTPResponse(status: 204, headers: [], body: []))
        let length = method == "GET" ? "" : "Content-Length: 0\r\n"
        #expect(
            await server.requests.first { _ in true } == """
                \(method) /latest/api/token?a=%20b HTTP/1.1\r
                Host: 127.0.0.1:\(server.port)\r
                User-Agent: hostcached\r
                \(length)\r\n
                """
        )
    }

    @Test func `a redirect is an answer and is not followed`() async throws {
        let elsewhere = RawServer([.hang])
        let location = "http://127.0.0.1:\(elsewhere.port)/"
        let server = RawServer([
            .send("HTTP/1.1 302 Found\r\nLocation: \(location)\r\nContent-Length: 0\r\n\r\n")
        ])
        let response = try await transport.send(try .post(to: server.port), .seconds(60))
        #expect(response.status == 302)
        #expect(response[header: "location"] == location)
    }

    @Test(
        arguments: [
            ([.hang], .timeout, ["no complete answer within 0.3 seconds"]),
            (
                [.send("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nslow"), .hang], .timeout,
                ["no complete answer within 0.3 seconds"]
            ),
            ([], .cutOff, ["Empty reply from server"]),
            (
                [.send("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf")], .cutOff,
                // libcurl 7 and 8.
                ["transfer closed with 5 bytes remaining to read", "end of response with 5 bytes missing"]
            ),
            ([.send("rubbish\r\n\r\nrubbish")], .notHTTP, ["Received HTTP/0.9 when not allowed"]),
        ] as [([RawServer.Step], HTTPError.Cause, [String])]
    )
    func `a server that misbehaves costs an error, and the deadline at most`(
        _ script: [RawServer.Step],
        _ cause: HTTPError.Cause,
        _ messages: [String]
    ) async throws {
        let server = RawServer(script)
        let request = try HTTPRequest.post(to: server.port)
        // Short only for those who never end: a busy machine takes its time for the others.
        let deadline: Duration = cause == .timeout ? .milliseconds(300) : .seconds(30)
        let error = await failure(of: transport, request, within: deadline)
        #expect(error?.cause == cause)
        #expect(error?.description.hasPrefix("POST http://127.0.0.1:\(server.port)/ failed: ") == true)
        let message = try #require(error?.message)
        #expect(messages.contains(message.replacing("\n", with: "")), "\(message)")
    }

    @Test(arguments: [(4 << 20, nil), (4 << 20 + 1, .tooLarge)] as [(Int, HTTPError.Cause?)])
    func `content is taken up to four megabytes`(_ size: Int, _ cause: HTTPError.Cause?) async throws {
        let server = RawServer([
            .send("HTTP/1.1 200 OK\r\n\r\n"), .sendMany(String(repeating: "x", count: 1 << 16), size >> 16),
            .send(String(repeating: "x", count: size & 0xffff)),
        ])
        let error = await failure(of: transport, try .post(to: server.port))
        #expect(error?.cause == cause)
        #expect(error.map(\.message) == cause.map { _ in "the answer is larger than 4194304 bytes" })
    }

    @Test func `headers without end are cut off`() async throws {
        let line = "X-Filler: \(String(repeating: "x", count: 8_000))\r\n"
        let server = RawServer([.send("HTTP/1.1 200 OK\r\n"), .sendMany(line, 2_000)])
        let error = await failure(of: transport, try .post(to: server.port))
        #expect(error?.cause == .tooLarge)
        #expect(error?.message == "the answer is larger than 262144 bytes")
    }

    @Test func `nobody at the port is a failure to connect`() async throws {
        let error = await failure(of: transport, try .post(to: freePort()))
        #expect(error?.cause == .connect)
        #expect(error?.cause.mayHaveBeenHandled == false)
    }

    @Test func `a name that cannot exist is a failure to resolve`() async throws {
        let error = await failure(of: transport, try .post(to: 80, host: HTTPRequest.nowhere))
        #expect(error?.cause == .nameResolution)
    }

    @Test func `a server without TLS is not trusted with an https request`() async throws {
        let server = RawServer([.send("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")])
        let request = try HTTPRequest.post(to: server.port, scheme: "https")
        let error = await failure(of: transport, request)
        #expect(error?.cause == .tls)
        let seen = try #require(await server.requests.first { _ in true })
        #expect(!seen.contains("TopSecretSignature"))
    }

    @Test func `cancelling ends the wait at once`() async throws {
        let server = RawServer([.hang])
        let request = try HTTPRequest.post(to: server.port)
        let error = await withTaskGroup(of: HTTPError?.self) { group in
            group.addTask { await failure(of: transport, request, within: .seconds(50)) }
            _ = await server.requests.first { _ in true }
            group.cancelAll()
            return await group.next() ?? nil
        }
        #expect(error == HTTPError(request, .cancelled, "the task was cancelled"))
    }

    @Test func `four requests run at once, and a fifth keeps its deadline while it waits`() async throws {
        let silent = RawServer([.hang])
        let good = RawServer([.send("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")])
        let slow = try HTTPRequest.post(to: silent.port)
        let quick = try HTTPRequest.post(to: good.port)
        await withTaskGroup(of: HTTPError?.self) { group in
            for _ in 0..<4 {
                group.addTask { await failure(of: transport, slow, within: .seconds(50)) }
            }
            var busy = 0
            for await _ in silent.requests {
                busy += 1
                if busy == 4 { break }
            }
            let waiting = await failure(of: transport, quick, within: .milliseconds(200))
            #expect(waiting == HTTPError(quick, .timeout, "no complete answer within 0.2 seconds"))
            group.cancelAll()
            // The workers notice that nobody waits any more, and take the next request.
            #expect(await failure(of: transport, quick, within: .seconds(30)) == nil)
        }
    }

    @Test(
        arguments: [
            ("PO ST", "/", []), ("", "/", []), ("POST", "", []), ("POST", "/ HTTP/1.1\r\nX: y", []),
            ("POST", "/", [.init("", Secret("a"))]), ("POST", "/", [.init("X", Secret(""))]),
            ("POST", "/", [.init("X", Secret("a\r\nY: b"))]), ("POST", "/", [.init("X: y", Secret("a"))]),
        ] as [(String, String, [HTTPRequest.Header])]
    )
    func `nothing is smuggled into a request`(
        _ method: String,
        _ path: String,
        _ headers: [HTTPRequest.Header]
    ) async throws {
        var request = try HTTPRequest.post(to: 1)
        request.method = method
        request.path = path
        request.headers = headers
        #expect(await failure(of: transport, request)?.cause == .refused)
    }

    @Test func `a deadline that has passed sends nothing`() async throws {
        let request = try HTTPRequest.post(to: 1)
        #expect(
            await failure(of: transport, request, within: .zero)
                == HTTPError(request, .timeout, "no complete answer within 0.0 seconds")
        )
    }

    @Test func `no text of a request shows a header, the query or the content`() throws {
        var request = try HTTPRequest.post(to: 80, body: "TopSecretBody")
        request.path = "/path?token=TopSecretQuery"
        #expect("\(request)" == "POST http://127.0.0.1/path")
        #expect(String(reflecting: request) == "POST http://127.0.0.1/path")
        #expect("\(HTTPResponse(status: 200, headers: [], body: [1, 2]))" == "HTTP 200, 2 bytes")
        var dumped = ""
        dump(request, to: &dumped)
        #expect(!dumped.contains("TopSecretSignature"))
    }
}
