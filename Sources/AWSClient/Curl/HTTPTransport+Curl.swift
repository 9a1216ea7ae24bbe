extension HTTPTransport {
    /// Requests through libcurl, four at a time at most; others wait for their turn within their deadline.
    ///
    /// The environment may name a proxy (`https_proxy`, `no_proxy`, …) and with `AWS_CA_BUNDLE` a file of
    /// certificates to trust instead of the system's.
    package static func curl(environment: [String: String]) -> HTTPTransport {
        let exchanges = CurlExchanges(
            settings: CurlSettings(
                proxies: ProxySettings(environment: environment),
                caFile: environment["AWS_CA_BUNDLE"].flatMap { $0.isEmpty ? nil : $0 },
                largestAnswer: 4 << 20
            ),
            workers: WorkerPool(label: "hostcached.http", limit: 4)
        )
        return HTTPTransport { (request, deadline) async throws(HTTPError) in
            try await exchanges.send(request, within: deadline)
        }
    }
}
