extension DaemonConfiguration.Server {
    /// Logins through the load balancer that set its addresses' errors to zero.
    package struct KeepAlive: Hashable, Sendable {
        /// IP addresses in the text form that the host cache shows, and host names in lower case; without
        /// repetition, at least one.
        package let via: [String]
        /// The port of the load balancer's listener, from 1.
        package let port: UInt16
        package let user: String
        /// Resolved like the server's; nil means no password.
        package let passwordFile: String?
        /// Never `verifyIdentity`.
        package let tls: TLS

        package init(
            via: [String],
            port: UInt16,
            user: String,
            passwordFile: String?,
            tls: DaemonConfiguration.Server.TLS
        ) {
            self.via = via
            self.port = port
            self.user = user
            self.passwordFile = passwordFile
            self.tls = tls
        }

        /// Those of ``via`` that are addresses.
        package var addresses: [String] { via.filter { IPAddress.canonicalWithZone($0) != nil } }

        /// Whether one of ``via`` is that host.
        func leads(to host: String) -> Bool {
            (IPAddress(host)?.description ?? HostName.canonical(host)).map(via.contains) ?? false
        }

        /// Whether all of ``via`` are loopback addresses, as in tests.
        package var staysOnThisMachine: Bool { via.allSatisfy { IPAddress($0)?.isLoopback == true } }

        /// Those of ``via`` that are names.
        package var names: [String] { via.filter { IPAddress.canonicalWithZone($0) == nil } }
    }

    /// Whether logins through the load balancer are made: in enforce, and where `actions` lists them.
    package var keepsAlive: Bool { keepAlive != nil && mode == .enforce && actions.contains(.keepAlive) }

    /// Whether `load_balancers` names any.
    package var knowsLoadBalancers: Bool { !loadBalancers.isEmpty || !loadBalancerNames.isEmpty }

    /// ``loadBalancers``, and the addresses that keep-alive logins go through.
    package var balancerAddresses: [String] {
        let more = keepAlive?.addresses ?? []
        return loadBalancers + more.filter { !loadBalancers.contains($0) }
    }

    /// ``loadBalancerNames``, and the names that keep-alive logins go through.
    package var balancerNames: [String] {
        let more = keepAlive?.names ?? []
        return loadBalancerNames + more.filter { !loadBalancerNames.contains($0) }
    }
}

extension DaemonConfiguration.Server.KeepAlive {
    private static let example = "{ via = [\"10.0.1.23\"], user = \"touch\" }"

    /// Reads the key `keep_alive`; nil when it is missing or wrong.
    init?(_ outer: inout SectionReader, paths: ReferencedPaths) {
        guard let section = outer.table("keep_alive", such: Self.example) else { return nil }
        var reader = SectionReader(section)
        let via = Self.via(&reader)
        let port = reader.integer("port", in: 1...65535).map { UInt16($0) }
        let user = reader.string("user")
        let passwordFile = paths.passwordFile(&reader)
        let tls = Self.tls(&reader, paths: paths)
        for key in ["via", "user"] where !reader.has(key) {
            reader.report(key, "is missing")
        }
        reader.refuse(
            ["password"],
            "a password does not belong into this file; name a file with password_file"
        )
        reader.refuseUnknownKeys()
        outer.include(reader.problems)
        guard reader.problems.isEmpty, let via, let user else { return nil }
        self.init(via: via, port: port ?? 3306, user: user, passwordFile: passwordFile, tls: tls ?? .disabled)
    }

    private static func via(_ reader: inout SectionReader) -> [String]? {
        guard let texts = reader.strings("via") else { return nil }
        var via: [String] = []
        for text in texts {
            guard let target = IPAddress.canonicalWithZone(text) ?? HostName.canonical(text) else {
                reader.report("via", "\(text.quotedWithoutPassword) is neither a host name nor an IP address")
                continue
            }
            if via.contains(target) {
                reader.report("via", "\"\(text)\" is listed twice, as \(target)")
            }
            via.append(target)
        }
        if texts.isEmpty {
            reader.report("via", "must not be empty; without load balancers, remove keep_alive")
        }
        return via
    }

    private static func tls(
        _ reader: inout SectionReader,
        paths: ReferencedPaths
    ) -> DaemonConfiguration.Server.TLS? {
        guard let tls = DaemonConfiguration.Server.TLS(&reader, paths: paths) else { return nil }
        if case .verifyIdentity = tls {
            reader.report(
                "tls",
                "verify-identity cannot hold through a load balancer, whose name is not in the server's "
                    + "certificate; use fingerprint or disabled"
            )
        }
        return tls
    }
}
