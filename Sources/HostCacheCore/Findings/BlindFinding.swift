extension Assessment {
    /// What to say of a server whose host cache cannot be seen; nothing of any other.
    ///
    /// Only a warning where the limit is as wanted and no flush is overdue: then time is on our side.
    func blind(_ seen: Observation, policy: Policy) -> [Finding] {
        // Rows that may not be read are another finding, with another remedy.
        guard forecast.exposure == .blind, !seen.settings.showsHostCache else { return [] }
        let isKnownGood = forecast.limit >= policy.wantedLimit && trigger == nil
        let version = seen.settings.version
        return [
            Finding(
                .blind,
                isKnownGood ? .warning : .unknown,
                "the host cache cannot be seen: performance_schema = OFF on \(version)",
                why:
                    "host_cache reads as empty and TRUNCATE does nothing, but hosts are counted and blocked; "
                    + "at most \(forecast.mostSpent) errors of any one host since the last flush are known",
                fixes: [
                    Finding.Fix(.file, "my.cnf, section [mysqld]: performance_schema = ON (needs a restart)"),
                    Finding.Fix(
                        .advice,
                        "on RDS: performance_schema = 1 in the instance's DB parameter group and a reboot, "
                            + "or turn Performance Insights on"
                    ),
                ]
            )
        ]
    }
}
