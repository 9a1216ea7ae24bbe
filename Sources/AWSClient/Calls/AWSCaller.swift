import Synchronization

/// Makes calls: tries again where that may help, and lets nobody retry for long without success.
final class AWSCaller: Sendable {
    let surroundings: AWSSurroundings
    private let override: EndpointURL?
    private let policy: RetryPolicy
    private let quota = Mutex(RetryQuota())

    /// Sends everything to `override`, if there is one, instead of AWS's own addresses.
    init(_ surroundings: AWSSurroundings, override: EndpointURL?, policy: RetryPolicy) {
        self.surroundings = surroundings
        self.override = override
        self.policy = policy
    }

    /// Makes one call about a resource and gives what `read` makes of the element `<action>Result`.
    ///
    /// No attempt begins or lasts after `deadline`, which is a moment of the surroundings' clock.
    func result<Value>(
        of call: AWSCall,
        about resource: ARN,
        until deadline: Duration,
        reading read: (XMLElement) throws(AnswerError) -> Value
    ) async throws(AWSError) -> Value {
        let endpoint = try endpoint(for: call, about: resource)
        var attempt = AWSAttempt(call: call, endpoint: endpoint, region: resource.region, number: 1)
        var outcomeIsUnknown = false
        var cost = 0
        while true {
            var error: AWSError
            do throws(AWSError) {
                let value = try await result(of: attempt, until: deadline, reading: read)
                quota.withLock { [cost] in $0.giveBack(cost) }
                surroundings.tried(call.action, true)
                return value
            } catch let failure {
                error = failure
                surroundings.tried(call.action, false)
            }
            outcomeIsUnknown = outcomeIsUnknown || error.outcomeIsUnknown
            error.outcomeIsUnknown = outcomeIsUnknown
            let decision = policy.decide(
                after: attempt.number,
                error,
                isRepeatable: call.isRepeatable,
                random: surroundings.random()
            )
            guard case .retry(let delay, let price) = decision, surroundings.now() + delay < deadline,
                quota.withLock({ $0.take(price) })
            else { throw error }
            cost = price
            do {
                try await surroundings.sleep(delay)
            } catch {
                throw .cancelled(after: attempt, outcomeIsUnknown: outcomeIsUnknown)
            }
            attempt.number += 1
        }
    }

    private func endpoint(for call: AWSCall, about resource: ARN) throws(AWSError) -> EndpointURL {
        guard resource.service == call.service.name, !resource.region.isEmpty else {
            throw .refused(call.name, "\(resource) is no resource of \(call.service.name) in a region")
        }
        if let override { return override }
        guard
            let endpoint = EndpointURL.aws(
                call.service,
                partition: resource.partition,
                region: resource.region
            )
        else {
            throw .refused(
                call.name,
                "the partition of \(resource) is not known; set endpoint_url to the service's address there"
            )
        }
        return endpoint
    }
}
