extension Assessment {
    /// What to say where not all rows of the host cache were read; nothing of any other look.
    func rowsNotRead(_ seen: Observation, policy: Policy) -> [Finding] {
        switch seen.reading {
        // A privilege that is missing has a finding of its own.
        case .complete, .unreadable(.refused, _): []
        case .fullest:
            [
                Finding(
                    .rowsNotRead,
                    .ok,
                    "the \(seen.rows.count) fullest rows of the host cache are read, there are more",
                    why: "hosts with fewer errors are not shown; they are the farthest from the block"
                )
            ]
        case .unreadable(let obstacle, let detail):
            [
                Finding(
                    .rowsNotRead,
                    forecast.limit >= policy.wantedLimit && trigger == nil ? .warning : .unknown,
                    "the rows of the host cache could not be read: \(obstacle.sentence)",
                    why:
                        "\(detail); until they can, at most \(forecast.mostSpent) errors of any one host are known",
                    fixes: obstacle.advice.map { [Finding.Fix(.advice, $0)] } ?? []
                )
            ]
        }
    }
}

extension RowReading.Obstacle {
    /// What is so, in a few words.
    package var sentence: String {
        switch self {
        case .refused: "the account may not"
        case .locked: "somebody holds a lock on the table"
        case .slow: "they did not come in time"
        case .garbled: "what came is no host cache"
        case .failed: "the server gave an error"
        }
    }

    /// What a person can do; nil where only the message tells.
    package var advice: String? {
        switch self {
        case .refused: "grant \(Grant.see)"
        case .locked:
            "end the statement that waits for the table: TRUNCATE of somebody else, in SHOW PROCESSLIST"
        case .slow: "look at the way to the server, and raise query_timeout"
        case .garbled: "look what answers on this port: a proxy or another program"
        case .failed: nil
        }
    }
}
