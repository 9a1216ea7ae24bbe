package import SigV4

/// A strict stand-in for Elastic Load Balancing, version 2, of one region, on a port of 127.0.0.1.
///
/// It knows `DescribeTargetGroups`, `DescribeTargetHealth`, `DescribeTags` and `ModifyTargetGroup`, checks
/// signatures, refuses what AWS refuses, and remembers who asked for what. Where AWS lets a mistake pass (an
/// unknown parameter, a GET) it is stricter. `ELBv2Contract` holds it and moto to the same cases.
package actor FakeAWS {
    /// One request that was answered.
    package struct Request: Hashable, Sendable {
        /// Who signed it; nil when the signature was no good.
        package let accessKeyID: String?
        /// Empty when the request was not understood that far.
        package let action: String
        package let parameters: [String: String]
        /// `ok`, AWS's error code, or `rubbish`.
        package let outcome: String
        /// As it stands in the answer.
        package let requestID: String

        package init(
            accessKeyID: String?,
            action: String,
            parameters: [String: String],
            outcome: String,
            requestID: String
        ) {
            self.accessKeyID = accessKeyID
            self.action = action
            self.parameters = parameters
            self.outcome = outcome
            self.requestID = requestID
        }
    }

    /// The TCP port on 127.0.0.1; the same after the fault `isDown`.
    package nonisolated let port: UInt16
    /// Who may sign requests.
    package nonisolated let credentials: [AWSCredentials]

    /// Everything answered so far, in order.
    package private(set) var requests: [Request] = []
    /// What is wrong with the service at the moment.
    package private(set) var faults = Faults.none

    private let now: @Sendable () -> Duration
    private var service: FakeELBv2
    private var listener: LoopbackListener?

    private init(
        port: UInt16,
        accepting credentials: [AWSCredentials],
        region: String,
        pageSize: Int,
        now: @escaping @Sendable () -> Duration
    ) {
        self.port = port
        self.credentials = credentials
        self.now = now
        service = FakeELBv2(region: region, pageSize: pageSize)
    }

    /// Starts to listen, without any target group.
    ///
    /// - Parameters:
    ///   - credentials: who may sign requests; two of the same key id differ in their session tokens.
    ///   - region: of every group, and of every signature.
    ///   - pageSize: the most groups in one answer, 1 to 400; 400 as on AWS.
    ///   - now: the wall time that dates of signatures are held against, such as ``WallTime/now()``.
    /// - Returns: the service; whoever starts it must ``stop()`` it.
    /// - Throws: ``ServerError`` when no port can be had.
    package static func start(
        accepting credentials: [AWSCredentials],
        region: String = "us-east-1",
        pageSize: Int = 400,
        now: @escaping @Sendable () -> Duration
    ) async throws -> FakeAWS {
        var attempts = 10
        while true {
            let fake = FakeAWS(
                port: freePort(),
                accepting: credentials,
                region: region,
                pageSize: pageSize,
                now: now
            )
            do {
                try await fake.listen()
                return fake
            } catch let error as ServerError where error.isPortTaken && attempts > 1 {
                attempts -= 1
            }
        }
    }

    /// Starts a service, hands it to `body`, and stops it whatever happens.
    package static func with<T: Sendable>(
        accepting credentials: [AWSCredentials],
        pageSize: Int = 400,
        now: @escaping @Sendable () -> Duration,
        _ body: (FakeAWS) async throws -> T
    ) async throws -> T {
        let fake = try await start(accepting: credentials, pageSize: pageSize, now: now)
        do {
            let result = try await body(fake)
            await fake.stop()
            return result
        } catch {
            await fake.stop()
            throw error
        }
    }

    /// Where clients send their requests: the value for `AWS_ENDPOINT_URL`.
    package nonisolated var endpoint: String { "http://127.0.0.1:\(port)" }

    /// Ends listening and every connection; nothing happens the second time.
    package func stop() async {
        let ended = listener
        listener = nil
        await ended?.stop()
    }

    /// Adds a group, or replaces the one of the same ARN, as somebody else's change does.
    package func put(_ group: TargetGroupState) {
        service.put(group)
    }

    /// The group as it is now; nil when there is none of this ARN.
    package func group(_ arn: String) -> TargetGroupState? {
        service.groups.first { $0.arn == arn }
    }

    /// The health check interval of a group now, for ``HealthChecker``.
    ///
    /// Traps for a group that was never put here.
    package func interval(of arn: String) -> Duration {
        guard let group = group(arn) else { fatalError("no target group \(arn) was put into FakeAWS") }
        return group.healthCheck.interval
    }

    /// Breaks and mends the service.
    ///
    /// Throws ``ServerError`` when the port cannot be had again.
    package func set(_ faults: Faults) async throws {
        self.faults = faults
        if faults.isDown {
            await stop()
        } else if listener == nil {
            try await listen()
        }
    }

    private func listen() async throws {
        listener = try await LoopbackListener.start(port: port) { [weak self] request in
            await self?.answer(request)
        }
    }
}

extension FakeAWS {
    static let namespace = "http://elasticloadbalancing.amazonaws.com/doc/2015-12-01/"

    /// The answer to one request, after the delay; it has taken effect before.
    ///
    /// Nil when the service stops meanwhile.
    private func answer(_ request: ReceivedRequest) async -> SentAnswer? {
        let requestID = "00000000-0000-4000-8000-\(String(1_000_000_000_001 + requests.count).dropFirst())"
        var seen = Seen()
        let answer: SentAnswer
        if let rubbish = faults.rubbish {
            seen.outcome = "rubbish"
            answer = SentAnswer(rubbish)
        } else {
            do throws(ServiceError) {
                let result = try result(of: request, &seen)
                answer = SentAnswer(result, of: seen.action, requestID: requestID, time: now())
            } catch {
                seen.outcome = error.code
                answer = SentAnswer(error, requestID: requestID, time: now())
            }
        }
        requests.append(
            Request(
                accessKeyID: seen.accessKeyID,
                action: seen.action,
                parameters: seen.parameters,
                outcome: seen.outcome,
                requestID: requestID
            )
        )
        do {
            try await Task.sleep(for: faults.delay)
        } catch {
            // The service stops: whoever still waits gets nothing of it.
            return nil
        }
        return answer
    }

    private func result(
        of request: ReceivedRequest,
        _ seen: inout Seen
    ) throws(ServiceError) -> [XMLElement] {
        try request.checkForm()
        let check = SignatureCheck(credentials: credentials, region: service.region, now: now())
        let accessKeyID = try check.signer(of: request)
        seen.accessKeyID = accessKeyID
        let call = try QueryCall(form: request.body)
        seen.action = call.action
        seen.parameters = call.parameters
        if faults.throttledRequests > 0 {
            faults.throttledRequests -= 1
            throw .throttled
        }
        if faults.deniedActions.contains(call.action) {
            throw .accessDenied(call.action, user: "arn:aws:iam::123456789012:user/\(accessKeyID)")
        }
        return try service.answer(call).compactMap { $0.omitting(faults.omittedElements) }
    }

    /// What is known of a request so far, for the record.
    private struct Seen {
        var accessKeyID: String?
        var action = ""
        var parameters: [String: String] = [:]
        var outcome = "ok"
    }
}
