/// Makes servers of their sections and the defaults.
struct ServerReader {
    typealias Server = DaemonConfiguration.Server

    let top: DaemonConfiguration.Mode?
    let defaults: ServerSettings
    /// Whether `[defaults]` has a user, right or wrong, or may have one in a file that could not be read.
    let isUserInherited: Bool
    let paths: ReferencedPaths

    /// The server of `reader`'s section; nil when anything that it needs is a problem.
    func server(_ reader: inout SectionReader) -> Server? {
        let name = reader.string("name")
        let own = ServerSettings(&reader, paths: paths)
        let address = address(&reader, port: own.port)
        requireWritten("name", in: &reader, inherited: false)
        requireWritten("user", in: &reader, inherited: isUserInherited)
        if case .socket = address, let tls = own.tls, tls != .disabled {
            reader.report("tls", "a socket has no TLS and needs none; remove tls")
        }
        refuseEndpoint(address, mode: mode(own), in: &reader)
        let flushFor = own.flushFor ?? defaults.flushFor
        let loadBalancers = own.loadBalancers ?? defaults.loadBalancers ?? .none
        if flushFor == .loadBalancers, loadBalancers.isEmpty {
            reader.report("flush_for", "needs load_balancers: without any, no row would ever count")
        }
        let keepAlive = own.keepAlive ?? defaults.keepAlive
        refuseLoadBalancer(address, loadBalancers, keepAlive, in: &reader)
        let actions = own.actions ?? defaults.actions ?? Set(Server.Action.allCases)
        if actions == [.keepAlive], keepAlive == nil {
            reader.report("actions", "needs keep_alive: without it, nothing would ever be done")
        }
        reader.refuseUnknownKeys()
        guard let name, let address, let user = own.user ?? defaults.user else { return nil }
        return Server(
            name: name,
            address: address,
            user: user,
            passwordFile: own.passwordFile ?? defaults.passwordFile,
            mode: mode(own),
            actions: actions,
            maxConnectErrors: own.maxConnectErrors ?? defaults.maxConnectErrors ?? 5000,
            raiseWith: own.raiseWith ?? defaults.raiseWith ?? .auto,
            flushWith: own.flushWith ?? defaults.flushWith ?? .auto,
            flushFor: flushFor,
            loadBalancers: loadBalancers.addresses,
            loadBalancerNames: loadBalancers.names,
            checkInterval: own.checkInterval ?? defaults.checkInterval ?? .seconds(30),
            errorsPerHealthCheck: own.errorsPerHealthCheck ?? defaults.errorsPerHealthCheck ?? 6,
            assumedHealthCheckInterval: own.assumedHealthCheckInterval
                ?? defaults.assumedHealthCheckInterval ?? .seconds(30),
            flushWithin: own.flushWithin ?? defaults.flushWithin ?? .half,
            flushAt: own.flushAt ?? defaults.flushAt ?? .half,
            minFlushGap: own.minFlushGap ?? defaults.minFlushGap ?? .seconds(60),
            maxFlushesPerHour: own.maxFlushesPerHour ?? defaults.maxFlushesPerHour ?? 30,
            connectTimeout: own.connectTimeout ?? defaults.connectTimeout ?? .seconds(5),
            queryTimeout: own.queryTimeout ?? defaults.queryTimeout ?? .seconds(5),
            tls: tls(own, address: address),
            targetGroups: own.targetGroups ?? defaults.targetGroups ?? [],
            acceptSlowFailover: own.acceptSlowFailover ?? defaults.acceptSlowFailover ?? false,
            adopt: own.adopt ?? defaults.adopt ?? false,
            keepAlive: keepAlive
        )
    }

    private func mode(_ own: ServerSettings) -> DaemonConfiguration.Mode {
        let wanted = own.mode ?? defaults.mode ?? top
        return wanted == .enforce && top == .enforce ? .enforce : .observe
    }

    private func refuseEndpoint(
        _ address: Server.Address?,
        mode: DaemonConfiguration.Mode,
        in reader: inout SectionReader
    ) {
        guard mode == .enforce, let endpoint = address?.rdsEndpoint, endpoint.isRefusedInEnforce else {
            return
        }
        reader.report(
            "host",
            "is \(endpoint.name): \(endpoint.reason); \(endpoint.remedy), or set mode = \"observe\" for this one"
        )
    }

    /// Refuses a host that is a load balancer: what is looked at would be any of its targets, and its own block would
    /// end the looks.
    private func refuseLoadBalancer(
        _ address: Server.Address?,
        _ loadBalancers: LoadBalancers,
        _ keepAlive: Server.KeepAlive?,
        in reader: inout SectionReader
    ) {
        guard case .tcp(let host, let port) = address else { return }
        if HostName.isLoadBalancer(host) {
            reader.report(
                "host",
                "\(host.debugDescription) is a load balancer's name: each connection may lead to another server; "
                    + "write the server's own name or address"
            )
        } else if loadBalancers.list(host) {
            reader.report(
                "host",
                "\(host.debugDescription) is listed in load_balancers too; write the server's own name or address"
            )
        } else if let keepAlive, keepAlive.port == port, keepAlive.leads(to: host) {
            reader.report(
                "keep_alive",
                "via has host itself, \(host.debugDescription), on the same port: a login there does not go through "
                    + "the load balancer"
            )
        }
    }

    private func tls(_ own: ServerSettings, address: Server.Address) -> Server.TLS {
        if case .socket = address {
            return .disabled
        }
        return own.tls ?? defaults.tls ?? (address.isLocal ? .disabled : .verifyIdentity(authorities: nil))
    }

    private func requireWritten(_ key: String, in reader: inout SectionReader, inherited: Bool) {
        if !reader.has(key), !inherited {
            reader.report(key, "is missing")
        }
    }

    private func address(_ reader: inout SectionReader, port: UInt16?) -> Server.Address? {
        let host = Self.host(&reader)
        let socket = reader.absolutePath("socket")
        switch (reader.has("host"), reader.has("socket")) {
        case (false, false):
            reader.report("host", "is missing; give host or socket")
            return nil
        case (true, true):
            reader.report("socket", "does not go with host; remove one of them")
            return nil
        case (true, false):
            return host.map { .tcp(host: $0, port: port ?? defaults.port ?? 3306) }
        case (false, true):
            if reader.has("port") {
                reader.report("port", "does not go with socket; remove one of them")
            }
            return socket.map { .socket(path: $0) }
        }
    }

    private static func host(_ reader: inout SectionReader) -> String? {
        guard let host = reader.string("host") else { return nil }
        // Colons are in IPv6 addresses only; the other characters are in no host at all.
        let isForeign = { (scalar: Unicode.Scalar) in ":/[]@ ".unicodeScalars.contains(scalar) }
        guard IPAddress(host) != nil || !host.unicodeScalars.contains(where: isForeign) else {
            reader.report(
                "host",
                "\(host.quotedWithoutPassword) is neither a host name nor an IP address; "
                    + "port, user and password have keys of their own"
            )
            return nil
        }
        guard IPAddress(host) != nil || !HostName.endsInNumber(host) else {
            reader.report(
                "host",
                "\"\(host)\" is no IP address: an IPv4 address has four numbers from 0 to 255 without leading zeros"
            )
            return nil
        }
        return host
    }
}
