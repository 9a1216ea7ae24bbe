extension HostCacheRow {
    /// The address of the row that stands for whichever host has the most errors.
    package static let anyHost = "*"

    /// Whether this row is an upper bound over all hosts instead of one host.
    package var standsForAnyHost: Bool { address == Self.anyHost }
}

extension Observation {
    /// The row a blind server is judged by: no one host has more errors than all hosts together.
    ///
    /// - Parameters:
    ///   - spent: Aborted connections since the last flush, or since the server started.
    ///   - arrived: Aborted connections since any moment; the rate is measured by it, so it must not fall.
    /// - Returns: The only row such a server is judged by.
    package func blindRow(spent: UInt64, arrived: UInt64) -> HostCacheRow {
        HostCacheRow(
            address: HostCacheRow.anyHost,
            name: nil,
            isValidated: true,
            connectErrors: spent,
            handshakeErrors: arrived,
            blockedConnections: 0,
            firstSeenSecond: nil,
            firstErrorAge: spent > 0 ? uptime : nil,
            lastErrorAge: nil
        )
    }
}
