/// What is the same for all requests of a transport.
struct CurlSettings: Sendable {
    let proxies: ProxySettings
    /// Nil for the certificates that the system trusts.
    let caFile: String?
    /// The content, in bytes.
    let largestAnswer: Int
    /// In bytes; below the 300 KiB at which libcurl would call a flood of headers a broken connection.
    let largestHeaders = 256 << 10
}
