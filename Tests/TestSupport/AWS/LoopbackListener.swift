import FlyingFox
import FlyingSocks
import FoundationEssentials
import Glibc
import SigV4

/// An HTTP server on a port of 127.0.0.1, from its start to its end.
struct LoopbackListener: Sendable {
    private let port: UInt16
    private let server: HTTPServer
    private let serving: Task<Void, any Error>

    /// Listens on `port` and answers with `answer`; nil from it is status 500.
    ///
    /// Throws ``ServerError`` when the port cannot be had.
    static func start(
        port: UInt16,
        _ answer: @escaping @Sendable (ReceivedRequest) async -> SentAnswer?
    ) async throws -> Self {
        let server = HTTPServer(
            address: try sockaddr_in.inet(ip4: "127.0.0.1", port: port),
            // Longer than any delay a test wants, since afterwards it answers by itself.
            timeout: 3600,
            // The default holds a thread of Dispatch's for as long as it waits: with some 60 servers in one
            // process none is left for the next. This one waits 10 ms at a time.
            pool: .poll(),
            logger: .disabled,
            handler: ClosureHTTPHandler { request in
                guard let answer = await answer(try await ReceivedRequest(request)) else {
                    return HTTPResponse(statusCode: .internalServerError)
                }
                return HTTPResponse(answer)
            }
        )
        let (ended, end) = AsyncStream.makeStream(of: Never.self)
        // Ended by `stop()`, which whoever starts it must call.
        let serving = Task {
            defer { end.finish() }
            try await server.run()
        }
        guard await isListening(server, until: ended) else {
            serving.cancel()
            switch await serving.result {
            case .success: throw ServerError("the server on port \(port) ended at once")
            case .failure(let reason): throw ServerError("cannot listen on port \(port): \(reason)")
            }
        }
        return Self(port: port, server: server, serving: serving)
    }

    /// Whether `server` gets to listen before it ends.
    private static func isListening(_ server: HTTPServer, until ended: AsyncStream<Never>) async -> Bool {
        await withTaskGroup(of: Bool.self) { group in
            group.addTask {
                do {
                    try await server.waitUntilListening(timeout: 60)
                    return true
                } catch {
                    return false
                }
            }
            group.addTask {
                for await _ in ended {}
                return false
            }
            defer { group.cancelAll() }
            return await group.next() ?? false
        }
    }

    /// Closes the port and every connection.
    func stop() async {
        await server.stop()
        serving.cancel()
        // It ends with "cancelled" or "disconnected", which is what was asked for.
        _ = await serving.result
        // The kernel keeps a closed port open for as long as somebody waits for it, here 10 ms. After the
        // deadline the test's next connection says what is wrong.
        try? await waitUntil("port \(port) is closed") { !isOpen }
    }

    private var isOpen: Bool {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        return SocketAddress("127.0.0.1", port: port).withPointer { connect(descriptor, $0, $1) == 0 }
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
