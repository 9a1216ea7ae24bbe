/// What has to be known of a service to call it.
package struct AWSService: Hashable, Sendable {
    /// The first part of the host's name, and the service's name in a signature.
    package let name: String
    /// The version of the interface, a date.
    package let version: String
    /// The end of the variable `AWS_ENDPOINT_URL_…` that moves this service only.
    package let variableSuffix: String

    /// Elastic Load Balancing, with network, application and gateway load balancers.
    ///
    /// Its three names are in botocore's service model `elbv2/2015-12-01`.
    package static let elbv2 = AWSService(
        name: "elasticloadbalancing",
        version: "2015-12-01",
        variableSuffix: "ELASTIC_LOAD_BALANCING_V2"
    )
}
