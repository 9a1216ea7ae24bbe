extension EndpointURL {
    /// Where AWS itself offers a service in a region; nil for a partition that is not known here.
    ///
    /// The suffixes are those of botocore's `partitions.json`. A new region of a known partition works
    /// without a change here.
    package static func aws(_ service: AWSService, partition: String, region: String) -> EndpointURL? {
        let suffix: String
        switch partition {
        case "aws", "aws-us-gov": suffix = "amazonaws.com"
        case "aws-cn": suffix = "amazonaws.com.cn"
        case "aws-eusc": suffix = "amazonaws.eu"
        default: return nil
        }
        return EndpointURL(secureHost: "\(service.name).\(region).\(suffix)")
    }

    /// The address to use instead of AWS's own for a service; nil for AWS's own.
    ///
    /// First what our own configuration says, then as in the AWS SDKs `AWS_ENDPOINT_URL_<SERVICE>` and
    /// `AWS_ENDPOINT_URL`; neither counts where `AWS_IGNORE_CONFIGURED_ENDPOINT_URLS` is "true"
    /// (https://docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html).
    package static func override(
        for service: AWSService,
        configured: EndpointURL?,
        environment: [String: String]
    ) throws(EndpointError) -> EndpointURL? {
        if let configured { return configured }
        guard environment["AWS_IGNORE_CONFIGURED_ENDPOINT_URLS"]?.lowercased() != "true" else { return nil }
        for name in ["AWS_ENDPOINT_URL_\(service.variableSuffix)", "AWS_ENDPOINT_URL"] {
            guard let text = environment[name], !text.isEmpty else { continue }
            return try EndpointURL(text)
        }
        return nil
    }
}
