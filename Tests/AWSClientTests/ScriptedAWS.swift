import AWSClient
import Secrets
import SigV4
import Synchronization

/// An AWS that gives prepared answers in their order, and a client that talks to it; nothing waits, nobody is
/// contacted.
final class ScriptedAWS: Sendable {
    enum Answer: Sendable {
        case response(HTTPResponse)
        case fault(HTTPError.Cause)
    }

    private struct State {
        var answers: [Answer]
        var requests: [HTTPRequest] = []
        var deadlines: [Duration] = []
        var sleeps: [Duration] = []
        var now = Duration.zero
        var random: [Double]
    }

    /// 2026-11-22 18:52:39 UTC, the time of the captures.
    static let wall = Duration.seconds(1_795_373_559)
    static let secret = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"
    static let token = "TopSecretSessionToken+/="

    private let state: Mutex<State>
    private let step: Duration

    /// Gives an answer to each request, and to one too many a refusal.
    ///
    /// Each request takes `step` on both clocks; `random` has a number for each decision, 0 when there are no more.
    init(_ answers: [Answer], step: Duration = .zero, random: [Double] = []) {
        state = Mutex(State(answers: answers, random: random))
        self.step = step
    }

    var requests: [HTTPRequest] { state.withLock(\.requests) }
    var bodies: [String] { requests.map { String(decoding: $0.body, as: UTF8.self) } }
    var deadlines: [Duration] { state.withLock(\.deadlines) }
    var sleeps: [Duration] { state.withLock(\.sleeps) }

    var surroundings: AWSSurroundings {
        AWSSurroundings(
            transport: HTTPTransport { (request, deadline) async throws(HTTPError) in
                switch self.answer(request, deadline) {
                case .response(let response): return response
                case .fault(let cause): throw HTTPError(request, cause, "as the script says")
                }
            },
            credentials: .environment([
                "AWS_ACCESS_KEY_ID": "AKIAIOSFODNN7EXAMPLE", "AWS_SECRET_ACCESS_KEY": Self.secret,
                "AWS_SESSION_TOKEN": Self.token,
            ]),
            now: { self.state.withLock(\.now) },
            wall: { self.state.withLock { Self.wall + $0.now } },
            sleep: { duration in
                try Task.checkCancellation()
                self.state.withLock { state in
                    state.sleeps.append(duration)
                    state.now += duration
                }
            },
            random: { self.state.withLock { $0.random.isEmpty ? 0 : $0.random.removeFirst() } }
        )
    }

    /// A client of the load balancers' interface, at AWS's own addresses.
    var elbv2: ELBv2 { ELBv2(surroundings, endpoint: nil) }

    private func answer(_ request: HTTPRequest, _ deadline: Duration) -> Answer {
        state.withLock { state in
            state.requests.append(request)
            state.deadlines.append(deadline)
            state.now += step
            return state.answers.isEmpty ? .fault(.refused) : state.answers.removeFirst()
        }
    }
}

extension ScriptedAWS.Answer {
    /// An answer as ELB sends it: the result of an action.
    static func result(_ action: String, _ content: String) -> Self {
        xml(
            200,
            """
            <\(action)Response xmlns="http://elasticloadbalancing.amazonaws.com/doc/2015-12-01/">\
            <\(action)Result>\(content)</\(action)Result>\
            <ResponseMetadata><RequestId>id-of-result</RequestId></ResponseMetadata></\(action)Response>
            """
        )
    }

    /// An answer as ELB sends it: an error.
    static func error(
        _ status: Int,
        _ code: String,
        _ message: String = "some words",
        _ headers: [HTTPResponse.Header] = []
    ) -> Self {
        xml(
            status,
            """
            <ErrorResponse xmlns="http://elasticloadbalancing.amazonaws.com/doc/2015-12-01/"><Error>\
            <Type>Sender</Type><Code>\(code)</Code><Message>\(message)</Message></Error>\
            <RequestId>id-of-error</RequestId></ErrorResponse>
            """,
            headers
        )
    }

    /// An answer with any content.
    static func xml(_ status: Int, _ content: String, _ headers: [HTTPResponse.Header] = []) -> Self {
        .response(HTTPResponse(status: status, headers: headers, body: Array(content.utf8)))
    }
}
