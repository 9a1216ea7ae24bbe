/// What Elastic Load Balancing version 2 does with a call, as a value: no network, no signature.
///
/// The shape of every answer is that of moto 5.2.1, captured on the wire; the rules are those of the service
/// model `elbv2/2015-12-01` and of public issues, named where they are used.
struct FakeELBv2: Sendable {
    /// In the order in which they were made, which is also that of the answers.
    private(set) var groups: [TargetGroupState] = []
    let region: String
    /// The most groups in one answer, whatever the caller asks for.
    let pageSize: Int

    init(region: String, pageSize: Int) {
        self.region = region
        self.pageSize = pageSize
    }

    /// Adds a group, or replaces the one of the same ARN.
    mutating func put(_ group: TargetGroupState) {
        if let index = groups.firstIndex(where: { $0.arn == group.arn }) {
            groups[index] = group
        } else {
            groups.append(group)
        }
    }

    /// The content of the answer's `…Result` element.
    mutating func answer(_ call: QueryCall) throws(ServiceError) -> [XMLElement] {
        var reader = ParameterReader(call)
        switch (call.version, call.action) {
        case ("2015-12-01", "DescribeTags"): return try describeTags(&reader)
        case ("2015-12-01", "DescribeTargetGroups"): return try describeTargetGroups(&reader)
        case ("2015-12-01", "DescribeTargetHealth"): return try describeTargetHealth(&reader)
        case ("2015-12-01", "ModifyTargetGroup"): return try modifyTargetGroup(&reader)
        default:
            throw ServiceError(
                status: 400,
                code: "InvalidAction",
                message: "Could not find operation \(call.action) for version \(call.version)"
            )
        }
    }

    private func describeTargetGroups(_ reader: inout ParameterReader) throws(ServiceError) -> [XMLElement] {
        let arns = reader.list("TargetGroupArns")
        let names = reader.list("Names")
        let marker = reader.text("Marker")
        let wanted = reader.integer("PageSize", in: 1...400)
        try reader.finish()
        for arn in arns {
            try check(arn)
        }
        let all = Set(groups.map(\.arn)).isSuperset(of: arns) && Set(groups.map(\.name)).isSuperset(of: names)
        guard all else {
            throw .targetGroupNotFound("One or more target groups not found")
        }
        let asked = groups.filter { group in
            arns.isEmpty && names.isEmpty || arns.contains(group.arn) || names.contains(group.name)
        }
        let start = try marker.map(Self.position) ?? 0
        let page = asked.dropFirst(start).prefix(min(wanted ?? pageSize, pageSize))
        let next = start + page.count
        return [.list("TargetGroups", page.map(\.description))]
            + (next < asked.count ? [.leaf("NextMarker", Self.marker(next))] : [])
    }

    private func describeTargetHealth(_ reader: inout ParameterReader) throws(ServiceError) -> [XMLElement] {
        let arn = reader.required("TargetGroupArn")
        try reader.finish()
        let group = groups[try index(of: arn)]
        return [.list("TargetHealthDescriptions", group.targets.map { $0.description(in: group) })]
    }

    private func describeTags(_ reader: inout ParameterReader) throws(ServiceError) -> [XMLElement] {
        let arns = reader.list("ResourceArns", atMost: 20)
        try reader.finish()
        guard !arns.isEmpty else {
            throw .validation(
                "1 validation error detected: Value null at 'resourceArns' failed to satisfy constraint: "
                    + "Member must not be null"
            )
        }
        var descriptions: [[XMLElement]] = []
        for arn in arns {
            let group = groups[try index(of: arn)]
            let tags = group.tags.map { [XMLElement.leaf("Key", $0.key), .leaf("Value", $0.value)] }
            descriptions.append([.leaf("ResourceArn", arn), .list("Tags", tags)])
        }
        return [.list("TagDescriptions", descriptions)]
    }

    private mutating func modifyTargetGroup(
        _ reader: inout ParameterReader
    ) throws(ServiceError) -> [XMLElement] {
        let arn = reader.required("TargetGroupArn")
        let interval = reader.integer("HealthCheckIntervalSeconds", in: 5...300)
        let timeout = reader.integer("HealthCheckTimeoutSeconds", in: 2...120)
        let healthy = reader.integer("HealthyThresholdCount", in: 2...10)
        let unhealthy = reader.integer("UnhealthyThresholdCount", in: 2...10)
        try reader.finish()
        let index = try index(of: arn)
        var check = groups[index].healthCheck
        check.interval = interval.map { .seconds($0) } ?? check.interval
        check.timeout = timeout.map { .seconds($0) } ?? check.timeout
        check.healthyThreshold = healthy ?? check.healthyThreshold
        check.unhealthyThreshold = unhealthy ?? check.unhealthyThreshold
        // Equal is refused too: aws/aws-cdk #3703, which tried 60 and 60.
        guard check.timeout < check.interval else {
            throw .validation("Health check interval must be greater than the timeout.")
        }
        groups[index].healthCheck = check
        return [.list("TargetGroups", [groups[index].description])]
    }

    private func index(of arn: String) throws(ServiceError) -> Int {
        try check(arn)
        guard let index = groups.firstIndex(where: { $0.arn == arn }) else {
            throw .targetGroupNotFound("Target groups '\(arn)' not found")
        }
        return index
    }

    /// A target group of another region is no target group here.
    private func check(_ arn: String) throws(ServiceError) {
        let parts = arn.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 6, parts[0] == "arn", parts[2] == "elasticloadbalancing", parts[3] == region,
            parts[5].hasPrefix("targetgroup/")
        else {
            throw .validation("'\(arn)' is not a valid target group ARN")
        }
    }

    /// Holds characters that a client must encode.
    private static func marker(_ position: Int) -> String { "next page+from/\(position)==" }

    private static func position(_ marker: String) throws(ServiceError) -> Int {
        guard marker.hasPrefix("next page+from/"), marker.hasSuffix("=="),
            let position = Int(marker.dropFirst(15).dropLast(2))
        else {
            throw .validation("'\(marker)' is not a marker of an earlier answer")
        }
        return position
    }
}
