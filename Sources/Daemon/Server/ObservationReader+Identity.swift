import HostCacheCore

extension ObservationReader {
    /// What names the server process among all that may answer to one host name; nil where nothing does.
    ///
    /// - MySQL: `server_uuid`, kept in the data directory. On Aurora with `aurora_server_id`, the instance's
    ///   identifier, since the instances of a cluster share their storage.
    /// - MariaDB has no such id: host name and port as the server itself has them, and `server_id`.
    static func identity(_ values: Values) -> String? {
        if let uuid = values["server_uuid"] {
            return [uuid, values["aurora_server_id"]].compactMap(\.self).joined(separator: "/")
        }
        guard let host = values["hostname"], !host.isEmpty, let port = values["port"] else { return nil }
        return ["\(host):\(port)", values["server_id"]].compactMap(\.self).joined(separator: "/")
    }

    /// What tells the flavour besides the version.
    static func signs(_ values: Values) -> ServerVersion.Signs {
        ServerVersion.Signs(
            hasMariaDBVariable: ServerVersion.Signs.mariaDBVariables.contains { values[$0] != nil },
            hasServerUUID: values["server_uuid"] != nil
        )
    }

    /// Whether it looks like HeatWave MySQL.
    ///
    /// Inferred: its plugin's variables begin with `rapid_` (HeatWave manual, "System Variables"), and its version
    /// ends in `-cloud` with the comment "MySQL Enterprise - Cloud". Which cloud it is in does not show.
    static func isHeatWave(_ values: Values) -> Bool {
        values.hasName(beginningWith: "rapid_") || values["version"]?.hasSuffix("-cloud") == true
            || values["version_comment"]?.hasSuffix("- Cloud") == true
    }
}
