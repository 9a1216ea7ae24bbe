import FlyingFox
import FlyingSocks
import FoundationEssentials
import Glibc
import SigV4

/// An HTTP server on a port of 127.0.0.1, from its start to its end.
struct LoopbackListener: Sendable {
    private let server: HTTPServer
    private let serving: Task<Void, any Error>

    /// Listens on `port` and answers with `answer`; nil from it is status 500.
    ///
    /// Throws what the system says when the port cannot be had.
    static func start(
        port: UInt16,
        _ answer: @escaping @Sendable (ReceivedRequest) async -> SentAnswer?
    ) async throws -> Self {
        let server = HTTPServer(
            address: try sockaddr_in.inet(ip4: "127.0.0.1", port: port),
            // Longer than any delay a test wants, since afterwards it answers by itself.
            timeout: 3600,
            logger: .disabled,
            handler: ClosureHTTPHandler { request in
                guard let answer = await answer(try await ReceivedRequest(request)) else {
                    return HTTPResponse(statusCode: .internalServerError)
                }
                return HTTPResponse(answer)
            }
        )
        // Ended by `stop()`, which whoever starts it must call.
        let serving = Task { try await server.run() }
        do {
            try await server.waitUntilListening()
        } catch {
            serving.cancel()
            // The server's own error says why.
            try await serving.value
            throw error
        }
        return Self(server: server, serving: serving)
    }

    /// Closes the port and every connection.
    func stop() async {
        await server.stop()
        serving.cancel()
        // It ends with "cancelled" or "disconnected", which is what was asked for.
        _ = await serving.result
    }
}

extension ReceivedRequest {
    fileprivate init(_ request: HTTPRequest) async throws {
        method = request.method.rawValue
        target = request.target.rawValue
        headers = request.headers.map { NamedValue($0.key.rawValue, $0.value) }
        body = Array(try await request.bodyData)
    }
}

extension HTTPResponse {
    fileprivate init(_ answer: SentAnswer) {
        var headers = HTTPHeaders()
        for header in answer.headers {
            headers.addValue(header.value, for: HTTPHeader(header.name))
        }
        self.init(
            statusCode: HTTPStatusCode(answer.status, phrase: answer.status == 200 ? "OK" : "Refused"),
            headers: headers,
            body: Data(answer.body.utf8)
        )
    }
}
