extension DaemonConfiguration.AWS {
    /// The keys of `[aws]`.
    static let keys = ["endpoint_url", "health_check_interval", "healthy_threshold", "region"]

    /// Reads `[aws]`; a key that is missing or wrong has its default.
    init(_ reader: inout SectionReader) {
        healthCheckInterval = Self.interval(&reader) ?? .seconds(300)
        healthyThreshold = reader.integer("healthy_threshold", in: 2...10).map { Int($0) }
        region = Self.region(&reader)
        endpointURL = Self.endpoint(&reader)
        reader.refuse(["accounts"], "not available in this version")
        reader.refuseUnknownKeys()
    }

    private static func interval(_ reader: inout SectionReader) -> Duration? {
        let key = "health_check_interval"
        guard let interval = reader.duration(key, in: .healthCheckInterval) else { return nil }
        guard interval.components.attoseconds == 0 else {
            reader.report(key, "\"\(DurationText.print(interval))\" is not in whole seconds, as AWS takes it")
            return nil
        }
        return interval
    }

    private static func region(_ reader: inout SectionReader) -> String? {
        guard let region = reader.string("region") else { return nil }
        guard AWSName.isRegion(region) else {
            reader.report("region", "\"\(region)\" is not a region (example: us-east-1)")
            return nil
        }
        return region
    }

    private static func endpoint(_ reader: inout SectionReader) -> String? {
        guard let text = reader.string("endpoint_url") else { return nil }
        if let mistake = EndpointText.mistake(in: text) {
            reader.report("endpoint_url", mistake)
            return nil
        }
        return text
    }
}
