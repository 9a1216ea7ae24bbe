/// What to say of a server whose host cache cannot be seen; nothing of any other.
extension Assessment {
    /// Whether the host cache cannot be seen and one address may have reached the limit.
    package var isPastTheBound: Bool {
        forecast.exposure == .blind && forecast.mostSpent >= forecast.limit
    }

    /// That an address may be blocked at this moment: as many errors may be one address's as the limit allows.
    func mayBeBlocked(_ fixes: Fixes) -> [Finding] {
        guard isPastTheBound else { return [] }
        let spent = forecast.mostSpent
        return [
            Finding(
                .mayBeBlocked,
                .critical,
                "an address may be blocked NOW: up to \(spent) errors are one address's, the limit is "
                    + "\(forecast.limit), and the host cache cannot be seen",
                why:
                    "no address has more than that, by the errors of the whole server since the last flush that "
                    + "is known; a blocked one gets error 1129 at every login",
                fixes: fixes.now(spent: spent)
            )
        ]
    }

    /// Why the host cache cannot be seen, where that is the server's setting.
    ///
    /// Only a warning where the limit is as wanted and no flush is overdue: then time is on our side.
    func blind(_ seen: Observation, policy: Policy, fixes: Fixes) -> [Finding] {
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
                // A restart for the sight of it is never what to do first.
                fixes: (isKnownGood ? [] : fixes.now(spent: forecast.mostSpent)) + Self.sight
            )
        ]
    }

    private static let sight = [
        Finding.Fix(
            .file,
            "my.cnf, section [mysqld]: performance_schema = ON, in force after the server's next restart",
            .lasting
        ),
        Finding.Fix(
            .advice,
            "on RDS: performance_schema = 1 in the instance's DB parameter group and a reboot, "
                + "or turn Performance Insights on",
            .lasting
        ),
    ]
}
