extension Assessment {
    /// What to say of a server that looks like HeatWave MySQL; nothing of any other.
    func heatWave(_ seen: Observation, policy: Policy) -> [Finding] {
        guard seen.settings.isHeatWave else { return [] }
        let isLeftAlone = policy.raising(on: seen.settings) == .never
        return [
            Finding(
                .heatWave,
                .warning,
                "this looks like HeatWave MySQL"
                    + (isLeftAlone
                        ? ": max_connect_errors is left alone" : ", and raise_with says to raise its limit"),
                why:
                    "on AWS, changing max_connect_errors there cuts the Query PrivateLink off, as its manual says; "
                    + "in which cloud it runs does not show",
                fixes: [
                    Finding.Fix(
                        .advice,
                        isLeftAlone
                            ? "nothing; where you know that there is no Query PrivateLink, raise_with = \"persist\""
                            : "raise_with = \"never\", unless you know that there is no Query PrivateLink"
                    )
                ]
            )
        ]
    }
}
