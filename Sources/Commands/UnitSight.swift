import Configuration

/// What the shipped unit keeps the daemon from seeing of the files that a configuration names.
///
/// `config check` is run in a shell, where such a file is there. Paths as written, so a link that leads there is not
/// noticed. Source: systemd.exec(5), `ProtectHome=yes` and `PrivateTmp=yes`.
enum UnitSight {
    private static let hidden = [
        "/home/": "ProtectHome", "/root/": "ProtectHome", "/run/user/": "ProtectHome",
        "/tmp/": "PrivateTmp", "/var/tmp/": "PrivateTmp",
    ]

    /// One warning for each such file, without the word itself.
    static func warnings(_ configuration: DaemonConfiguration) -> [String] {
        let own = [
            ("state_directory", configuration.stateDirectory as String?),
            ("metrics: file", configuration.metricsFile),
        ]
        let ofServers = configuration.servers.flatMap { server in
            files(of: server).map { ("\(server.name): \($0.0)", $0.1) }
        }
        return (own + ofServers).compactMap { key, path in path.flatMap { warning(key, $0) } }
    }

    private static func files(of server: DaemonConfiguration.Server) -> [(String, String?)] {
        var files = [
            ("password_file", server.passwordFile),
            ("keep_alive.password_file", server.keepAlive?.passwordFile),
        ]
        if case .socket(let path) = server.address { files.append(("socket", path)) }
        if case .verifyIdentity(let authorities) = server.tls { files.append(("tls.ca", authorities)) }
        return files
    }

    private static func warning(_ key: String, _ path: String) -> String? {
        guard let (folder, setting) = hidden.first(where: { path.hasPrefix($0.key) }) else { return nil }
        return
            "\(key): \(path) is below \(folder), which hostcached.service does not see (\(setting)=yes): "
            + "move it, or change that in a drop-in (systemctl edit hostcached)"
    }
}
