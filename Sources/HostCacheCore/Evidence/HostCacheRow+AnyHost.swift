extension HostCacheRow {
    /// The address of the row that stands for whichever host has the most errors.
    package static let anyHost = "*"

    /// Whether this row is an upper bound over all hosts instead of one host.
    package var standsForAnyHost: Bool { address == Self.anyHost }
}

extension Observation {
    /// The row a blind server is judged by: no one host has more errors than all hosts together.
    ///
    /// - Parameter spent: Aborted connections since the last flush, or since the server started.
    /// - Returns: The only row such a server is judged by.
    package func blindRow(spent: UInt64) -> HostCacheRow {
        HostCacheRow(
            address: HostCacheRow.anyHost,
            name: nil,
            isValidated: true,
            connectErrors: spent,
            handshakeErrors: abortedConnects,
            blockedConnections: 0,
            firstSeenSecond: nil,
            firstErrorAge: spent > 0 ? uptime : nil,
            lastErrorAge: nil
        )
    }
}
