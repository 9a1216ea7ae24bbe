import MariaDBClient
import Secrets

extension Endpoint {
    /// An endpoint on loopback with ample bounds.
    static func local(
        _ port: UInt16,
        host: String = "127.0.0.1",
        tls: TLS = .disabled,
        from sourceAddress: String? = nil,
        connectTimeout: Duration = .seconds(20),
        queryTimeout: Duration = .seconds(20)
    ) -> Self {
        Self(
            address: .tcp(host: host, port: port),
            tls: tls,
            sourceAddress: sourceAddress,
            connectTimeout: connectTimeout,
            queryTimeout: queryTimeout
        )
    }
}

extension Login {
    /// The account that ``ThrowawayServer`` makes.
    static let hostcached = Login(user: "hostcached", password: Secret("watch"))
}
