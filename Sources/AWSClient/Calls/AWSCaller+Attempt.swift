import Secrets
import SigV4

extension AWSCaller {
    /// Makes one attempt: signed anew, with the credentials and the time of just now.
    func result<Value>(
        of attempt: AWSAttempt,
        until deadline: Duration,
        reading read: (XMLElement) throws(AnswerError) -> Value
    ) async throws(AWSError) -> Value {
        let credentials = try await credentials(for: attempt)
        let request = try request(for: attempt, as: credentials)
        let answer: HTTPResponse
        do throws(HTTPError) {
            answer = try await surroundings.transport.send(request, deadline - surroundings.now())
        } catch {
            throw AWSError(error, to: attempt, as: credentials)
        }
        let document = AnswerDocument(answer)
        let action = attempt.call.action
        guard (200..<300).contains(answer.status), let root = document.root, root.name == "\(action)Response",
            let result = root["\(action)Result"]
        else {
            throw AWSError(
                answer,
                document,
                to: attempt,
                as: credentials,
                receivedAt: surroundings.wall()
            )
        }
        do throws(AnswerError) {
            return try read(result)
        } catch {
            throw AWSError(error, in: answer, document, to: attempt, as: credentials)
        }
    }

    private func credentials(for attempt: AWSAttempt) async throws(AWSError) -> AWSCredentials {
        do throws(CredentialError) {
            return try await surroundings.credentials.load()
        } catch {
            throw .unsigned(attempt, "\(error)")
        }
    }

    private func request(
        for attempt: AWSAttempt,
        as credentials: AWSCredentials
    ) throws(AWSError) -> HTTPRequest {
        let service = attempt.call.service
        let body = attempt.call.parameters.body(of: attempt.call.action, version: service.version)
        let headers = [
            NamedValue("Host", attempt.endpoint.authority),
            NamedValue("Content-Type", "application/x-www-form-urlencoded; charset=utf-8"),
        ]
        let unsigned = UnsignedRequest(method: "POST", path: "/", query: [], headers: headers, body: body)
        let scope = SigningScope(
            sinceEpoch: surroundings.wall(),
            region: attempt.region,
            service: service.name
        )
        do throws(SigningError) {
            let signature = try Signer(credentials: credentials, scope: scope).headers(for: unsigned)
            return HTTPRequest(
                method: "POST",
                endpoint: attempt.endpoint,
                path: "/",
                headers: headers.map { HTTPRequest.Header($0.name, Secret($0.value)) }
                    + signature.map { HTTPRequest.Header($0.name, $0.value) },
                body: body
            )
        } catch {
            throw .unsigned(attempt, "the request cannot be signed: \(error)")
        }
    }
}
