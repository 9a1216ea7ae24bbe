import Secrets
package import SigV4

/// The least that can talk to AWS's query services on a port of 127.0.0.1: no retry, no opinion.
package struct SignedClient: Sendable {
    package let port: UInt16
    package var credentials: AWSCredentials
    package var region: String
    /// Wall time, for the signature.
    package var now: @Sendable () -> Duration

    package init(
        port: UInt16,
        credentials: AWSCredentials,
        region: String = "us-east-1",
        now: @escaping @Sendable () -> Duration
    ) {
        self.port = port
        self.credentials = credentials
        self.region = region
        self.now = now
    }

    /// Calls an action of Elastic Load Balancing.
    ///
    /// Throws ``ServerError`` when no answer comes.
    package func call(_ action: String, _ parameters: [String: String] = [:]) async throws -> WireAnswer {
        try await call(action, parameters, service: "elasticloadbalancing", version: "2015-12-01")
    }

    /// Calls an action of any query service.
    ///
    /// Throws ``ServerError`` when no answer comes.
    package func call(
        _ action: String,
        _ parameters: [String: String],
        service: String,
        version: String
    ) async throws -> WireAnswer {
        let all = parameters.merging(["Action": action, "Version": version]) { own, _ in own }
        let form = all.sorted { $0.key < $1.key }
            .map { "\(URIEncoding.encode($0.key))=\(URIEncoding.encode($0.value))" }
            .joined(separator: "&")
        return try await send(form: form, service: service)
    }

    /// Posts a form as it is, or anything else when told so.
    ///
    /// `tampering` replaces headers after signing, and removes those that it gives the empty text.
    ///
    /// Throws ``ServerError`` when no answer comes within `timeout`.
    package func send(
        form: String,
        service: String = "elasticloadbalancing",
        method: String = "POST",
        contentType: String = "application/x-www-form-urlencoded; charset=utf-8",
        tampering: [String: String] = [:],
        timeout: Duration = .seconds(30)
    ) async throws -> WireAnswer {
        let body = Array(form.utf8)
        let request = UnsignedRequest(
            method: method,
            path: "/",
            query: [],
            headers: [NamedValue("Content-Type", contentType), NamedValue("Host", "127.0.0.1:\(port)")],
            body: body
        )
        let scope = SigningScope(sinceEpoch: now(), region: region, service: service)
        let signature = try Signer(credentials: credentials, scope: scope).headers(for: request)
        let signed =
            request.headers.map { ($0.name, $0.value) } + signature.map { ($0.name, $0.value.reveal()) }
        let sent = signed.map { (name, value) in (name, tampering[name] ?? value) }.filter { !$0.1.isEmpty }
        let headers = sent + [("Content-Length", String(body.count)), ("Connection", "close")]
        let head = "\(method) / HTTP/1.1\r\n" + headers.map { "\($0.0): \($0.1)\r\n" }.joined() + "\r\n"
        let bytes = try await LoopbackHTTP().exchange(Array(head.utf8) + body, port: port, timeout: timeout)
        guard let answer = WireAnswer(bytes) else {
            throw ServerError("port \(port) answered no HTTP: \(String(decoding: bytes, as: UTF8.self))")
        }
        return answer
    }
}
