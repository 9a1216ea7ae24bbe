extension DaemonConfiguration {
    /// What is wanted of AWS, the same for every target group.
    ///
    /// Every key has a default, so that a file without `[aws]` has it too.
    package struct AWS: Hashable, Sendable {
        /// The health-check interval to set: 5 s to 300 s in whole seconds.
        package let healthCheckInterval: Duration
        /// The healthy threshold to set along, 2 to 10 checks; nil leaves it.
        package let healthyThreshold: Int?
        /// For what no ARN tells the region of; nil when it is not written.
        package let region: String?
        /// `http` or `https`, a host and perhaps a port, in place of AWS's own names; nil when it is not
        /// written.
        package let endpointURL: String?
    }
}
