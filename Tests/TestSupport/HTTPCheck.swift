/// One health check that speaks to MySQL's port what MySQL does not speak.
package enum HTTPCheck: String, Sendable, CaseIterable {
    /// As an NLB's HTTP check does: a request, and nothing understood of what comes back.
    case http
    /// As its HTTPS check does: the begin of a TLS greeting, dropped when no answer comes.
    case https

    /// Checks the server on 127.0.0.1 from the loopback address `node`.
    ///
    /// Blocks, at most for five seconds. Throws ``HealthCheckFailure`` when nobody answers at all.
    package func send(to port: UInt16, from node: String) throws(HealthCheckFailure) {
        let connection = try HealthCheckConnection.open(port: port, from: node, timeout: .seconds(5))
        _ = try connection.packet()
        switch self {
        case .http:
            try connection.send(
                bytes: Array("GET / HTTP/1.1\r\nHost: x\r\nUser-Agent: ELB-HealthChecker/2.0\r\n\r\n".utf8)
            )
            // An error packet may come, then the server hangs up.
            while true {
                do throws(HealthCheckFailure) {
                    _ = try connection.packet()
                } catch .timeout {
                    throw .timeout
                } catch {
                    return
                }
            }
        case .https:
            try connection.send(bytes: [0x16, 3, 1, 0, 0x31, 1, 0, 0, 0x2d, 3, 3])
        }
    }
}
