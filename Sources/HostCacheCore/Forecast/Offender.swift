/// One address with errors, and its part of all of them.
package struct Offender: Hashable, Sendable {
    package var host: Forecast.Host
    /// Its part of all addresses' `COUNT_HANDSHAKE_ERRORS`, rounded.
    package var share: Share

    /// The most that are named where a line has to be read by a person.
    package static let mostNamed = 10
}

extension Forecast {
    /// Every address with errors, the nearest to the block first.
    package var offenders: [Offender] {
        let total = hosts.reduce(UInt128(0)) { $0 + UInt128($1.row.handshakeErrors) }
        return hosts.lazy.filter { $0.row.handshakeErrors > 0 || $0.row.connectErrors > 0 }
            .map { host in
                let parts = UInt128(host.row.handshakeErrors) * 1000 + total / 2
                let thousandths = total == 0 ? 0 : UInt16(clamping: parts / total)
                return Offender(host: host, share: Share(thousandths: thousandths) ?? .none)
            }
    }
}

extension Offender: CustomStringConvertible {
    /// Such as `10.9.9.9 (web-1.example.com), 12.5% of all errors`.
    package var description: String { "\(host.label), \(share) of all errors" }
}

extension Collection where Element == Offender {
    /// The first of them in one line, and how many more there are.
    package var named: String {
        let shown = prefix(Offender.mostNamed).map(\.description).joined(separator: "; ")
        return count > Offender.mostNamed ? "\(shown); and \(count - Offender.mostNamed) more" : shown
    }
}

extension Forecast.Host {
    /// The address with its name, or that it is a load balancer's: `10.9.9.9 (web-1.example.com)`.
    package var label: String {
        if row.standsForAnyHost { return "some host" }
        let facts = [isLoadBalancer ? "load balancer" : nil, row.name].compactMap(\.self)
        return facts.isEmpty ? row.address : "\(row.address) (\(facts.joined(separator: ", ")))"
    }
}
