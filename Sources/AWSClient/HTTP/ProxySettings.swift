import Secrets

/// The proxy that the environment asks for, if any.
///
/// Read once and handed to libcurl, which otherwise reads the process's environment at every request, while
/// other threads may change it. The names and their order are libcurl's own (libcurl-env(3)): `http_proxy`
/// only in lower case, because a web server sets `HTTP_PROXY` from a header that anybody can send.
struct ProxySettings: Hashable, Sendable {
    private let http: Secret<String>?
    private let https: Secret<String>?
    /// The hosts to reach directly, as libcurl's `CURLOPT_NOPROXY` takes them.
    let exceptions: String

    init(environment: [String: String]) {
        func first(_ names: String...) -> String? {
            names.lazy.compactMap { environment[$0] }.first { !$0.isEmpty }
        }
        // A proxy's URL may hold its password.
        http = first("http_proxy", "all_proxy", "ALL_PROXY").map(Secret.init)
        https = first("https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY").map(Secret.init)
        exceptions = first("no_proxy", "NO_PROXY") ?? ""
    }

    /// The proxy for an endpoint; nil for a direct connection, which loopback always has.
    func proxy(for endpoint: EndpointURL) -> Secret<String>? {
        guard !endpoint.isLoopback else { return nil }
        return switch endpoint.scheme {
        case .http: http
        case .https: https
        }
    }
}
