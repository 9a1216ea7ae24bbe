extension ELBv2 {
    /// More than a region can have target groups; as many pages mean that the end never comes.
    private static let mostPages = 100
    /// How many resources one DescribeTags takes.
    private static let mostTagged = 20

    /// Describes the target groups, of any regions, in the service's order; none for none.
    ///
    /// A group that does not exist fails the call (``AWSError/isNotFound``), and the service does not say which.
    package func targetGroups(_ arns: [ARN]) async throws(AWSError) -> [TargetGroup] {
        let deadline = deadline()
        var groups: [TargetGroup] = []
        for arns in arns.byRegion {
            groups += try await targetGroups(ofOneRegion: arns, until: deadline)
        }
        return groups
    }

    private func targetGroups(
        ofOneRegion arns: [ARN],
        until deadline: Duration
    ) async throws(AWSError) -> [TargetGroup] {
        var groups: [TargetGroup] = []
        var marker: String?
        for page in 1... {
            var parameters = QueryParameters()
            // Never without a list: it would ask for all groups of the region.
            parameters.add("TargetGroupArns", list: arns.map(\.description))
            parameters.add("Marker", marker)
            let (more, next) = try await result(
                of: "DescribeTargetGroups",
                about: arns[0],
                until: deadline,
                parameters
            ) { (result) throws(AnswerError) in
                let next = result.text(of: "NextMarker")
                guard next == nil || next != marker && page < Self.mostPages else {
                    throw AnswerError("the pages have no end (\(page) so far)")
                }
                return (try result.requiredMembers(of: "TargetGroups").map(TargetGroup.init), next)
            }
            groups += more
            guard let next else { break }
            marker = next
        }
        return groups
    }

    /// Describes the targets of a group, in the service's order.
    package func targetHealth(of arn: ARN) async throws(AWSError) -> [TargetHealth] {
        var parameters = QueryParameters()
        parameters.add("TargetGroupArn", arn.description)
        return try await result(
            of: "DescribeTargetHealth",
            about: arn,
            until: deadline(),
            parameters
        ) { (result) throws(AnswerError) in
            try result.requiredMembers(of: "TargetHealthDescriptions").map(TargetHealth.init)
        }
    }

    /// Gives the tags of target groups and load balancers, of any regions.
    ///
    /// A resource that the service says nothing about is not among the keys; one without tags has none.
    package func tags(of arns: [ARN]) async throws(AWSError) -> [ARN: [Tag]] {
        let deadline = deadline()
        var tags: [ARN: [Tag]] = [:]
        for arns in arns.byRegion {
            for start in stride(from: 0, to: arns.count, by: Self.mostTagged) {
                let batch = arns[start..<min(start + Self.mostTagged, arns.count)]
                var parameters = QueryParameters()
                parameters.add("ResourceArns", list: batch.map(\.description))
                let more = try await result(
                    of: "DescribeTags",
                    about: arns[0],
                    until: deadline,
                    parameters,
                    reading: Self.tags
                )
                tags.merge(more) { $1 }
            }
        }
        return tags
    }

    private static func tags(in result: XMLElement) throws(AnswerError) -> [ARN: [Tag]] {
        var tags: [ARN: [Tag]] = [:]
        for description in try result.requiredMembers(of: "TagDescriptions") {
            let arn = try XMLElement.arn(try description.required("ResourceArn"))
            tags[arn] = try description.requiredMembers(of: "Tags").map { (tag) throws(AnswerError) in
                Tag(key: try tag.required("Key"), value: tag.text(of: "Value") ?? "")
            }
        }
        return tags
    }
}

extension [ARN] {
    /// The same names without repetition, those of each region together, in the order they first come.
    fileprivate var byRegion: [[ARN]] {
        var groups: [[ARN]] = []
        for arn in self where !groups.contains(where: { $0.contains(arn) }) {
            let index = groups.firstIndex { $0[0].region == arn.region && $0[0].partition == arn.partition }
            if let index {
                groups[index].append(arn)
            } else {
                groups.append([arn])
            }
        }
        return groups
    }
}
