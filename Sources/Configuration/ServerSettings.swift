/// The keys that a server and `[defaults]` share, each nil where it is missing or wrong.
struct ServerSettings {
    typealias Server = DaemonConfiguration.Server

    private(set) var port: UInt16?
    private(set) var user: String?
    private(set) var passwordFile: String?
    private(set) var mode: DaemonConfiguration.Mode?
    private(set) var actions: Set<Server.Action>?
    private(set) var maxConnectErrors: UInt32?
    private(set) var raiseWith: Server.RaiseMethod?
    private(set) var flushWith: Server.FlushMethod?
    private(set) var flushFor: Server.FlushScope?
    private(set) var loadBalancers: LoadBalancers?
    private(set) var checkInterval: Duration?
    private(set) var errorsPerHealthCheck: Int?
    private(set) var assumedHealthCheckInterval: Duration?
    private(set) var flushWithin: Fraction?
    private(set) var flushAt: Fraction?
    private(set) var minFlushGap: Duration?
    private(set) var maxFlushesPerHour: Int?
    private(set) var connectTimeout: Duration?
    private(set) var queryTimeout: Duration?
    private(set) var tls: Server.TLS?
    private(set) var targetGroups: [String]?
    private(set) var acceptSlowFailover: Bool?
    private(set) var adopt: Bool?
    private(set) var keepAlive: Server.KeepAlive?

    /// Keys of the design that this version does not know yet.
    private static let later = [
        "allow_shared_parameter_group", "auth", "password_secret", "rds_instance",
    ]

    init(_ reader: inout SectionReader, paths: ReferencedPaths) {
        port = reader.integer("port", in: 1...65535).map { UInt16($0) }
        user = reader.string("user")
        passwordFile = paths.passwordFile(&reader)
        mode = reader.choice("mode", of: DaemonConfiguration.Mode.self)
        actions = Self.actions(&reader)
        maxConnectErrors = reader.integer("max_connect_errors", in: 1...4_294_967_295).map { UInt32($0) }
        raiseWith = reader.choice("raise_with", of: Server.RaiseMethod.self, later: ["parameter-group"])
        flushWith = reader.choice("flush_with", of: Server.FlushMethod.self)
        flushFor = reader.choice("flush_for", of: Server.FlushScope.self)
        loadBalancers = LoadBalancers(&reader)
        checkInterval = reader.duration("check_interval", in: .secondToHour)
        errorsPerHealthCheck = reader.integer("errors_per_health_check", in: 1...1000).map { Int($0) }
        assumedHealthCheckInterval = reader.duration(
            "assumed_health_check_interval",
            in: .healthCheckInterval
        )
        flushWithin = reader.fraction("flush_within")
        flushAt = reader.fraction("flush_at")
        minFlushGap = reader.duration("min_flush_gap", in: .secondToHour)
        maxFlushesPerHour = reader.integer("max_flushes_per_hour", in: 1...3600).map { Int($0) }
        connectTimeout = reader.duration("connect_timeout", in: .secondToMinute)
        queryTimeout = reader.duration("query_timeout", in: .secondToMinute)
        tls = Server.TLS(&reader, paths: paths)
        targetGroups = Self.targetGroups(&reader)
        acceptSlowFailover = reader.boolean("accept_slow_failover")
        adopt = reader.boolean("adopt")
        keepAlive = Server.KeepAlive(&reader, paths: paths)
        reader.refuse(Self.later, "not available in this version")
        reader.refuse(DaemonConfiguration.AWS.keys, "belongs to [aws]")
        reader.refuse(
            ["password"],
            "a password does not belong into this file; name a file with password_file"
        )
    }

    private static func actions(_ reader: inout SectionReader) -> Set<Server.Action>? {
        guard let actions = reader.choices("actions", of: Server.Action.self) else { return nil }
        guard !actions.isEmpty else {
            reader.report("actions", "must not be empty; to look only, use mode = \"observe\"")
            return nil
        }
        return actions
    }

    private static func targetGroups(_ reader: inout SectionReader) -> [String]? {
        let key = "target_groups"
        guard let groups = reader.strings(key) else { return nil }
        for group in groups {
            if let mistake = AWSName.mistake(inTargetGroup: group) {
                reader.report(key, mistake)
            }
        }
        return groups
    }
}
