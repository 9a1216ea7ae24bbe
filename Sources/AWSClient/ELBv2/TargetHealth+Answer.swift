extension TargetHealth {
    /// Reads one member of `TargetHealthDescriptions`; elements that are not known are passed over.
    init(_ element: XMLElement) throws(AnswerError) {
        guard let target = element["Target"] else { throw AnswerError("<\(element.name)> has no Target") }
        guard let health = element["TargetHealth"] else {
            throw AnswerError("<\(element.name)> has no TargetHealth")
        }
        self.init(
            targetID: try target.required("Id"),
            port: try target.number(of: "Port"),
            availabilityZone: target.text(of: "AvailabilityZone"),
            healthCheckPort: element.text(of: "HealthCheckPort"),
            state: State(rawValue: try health.required("State")),
            reason: health.text(of: "Reason"),
            explanation: health.text(of: "Description")
        )
    }
}
