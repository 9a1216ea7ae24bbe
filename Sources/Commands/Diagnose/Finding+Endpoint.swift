package import Configuration
package import HostCacheCore

extension Finding {
    /// A host name that does not lead to one server process for good.
    package init(_ endpoint: RDSEndpoint, host: String) {
        self.init(
            .endpoint,
            .warning,
            "\(host) is \(endpoint.name)",
            why: endpoint.reason
                + (endpoint.isRefusedInEnforce
                    ? "; what is said here is of whichever answered, and enforce refuses it" : ""),
            fixes: [Fix(.file, endpoint.remedy)]
        )
    }
}
