/// Something that a policy wants done and the account may not do.
package struct MissingPrivilege: Hashable, Sendable {
    package var purpose: Purpose
    /// The narrowest that is enough on this server.
    package var grant: Grant
    /// Whether it is needed as things are; false for what only `enforce` or a lower limit would need.
    package var isNeeded: Bool

    /// What a privilege is needed for.
    package enum Purpose: String, Hashable, Sendable, CaseIterable {
        case see
        case flush
        case raise
    }
}

extension Policy {
    /// What the account lacks for this policy on one server, in the order of ``MissingPrivilege/Purpose``.
    ///
    /// Only what is known to be missing. A server that cannot block needs nothing.
    package func missing(from seen: Observation) -> [MissingPrivilege] {
        guard seen.exposure.canBlock else { return [] }
        return MissingPrivilege.Purpose.allCases.compactMap { purpose in
            guard let grant = grant(for: purpose, seen), let mayDoIt = may(purpose, seen), !mayDoIt else {
                return nil
            }
            return MissingPrivilege(
                purpose: purpose,
                grant: grant,
                isNeeded: needs(purpose, seen)
            )
        }
    }

    /// Whether the lack keeps this policy from doing something now: a limit that is high enough is not raised.
    private func needs(_ purpose: MissingPrivilege.Purpose, _ seen: Observation) -> Bool {
        switch purpose {
        case .see: true
        case .flush: isEnforcing
        case .raise: isEnforcing && seen.limit < wantedLimit
        }
    }

    /// The privilege for something this policy wants; nil when it does not want it.
    private func grant(for purpose: MissingPrivilege.Purpose, _ seen: Observation) -> Grant? {
        switch purpose {
        case .see: .see
        case .flush:
            actions.contains(.flush)
                ? .flush(with: statementToAllow(seen.settings), on: seen.settings.version) : nil
        case .raise:
            actions.contains(.raise)
                && RaiseStatement.choice(for: seen.settings.version, with: raising(on: seen.settings)) != nil
                ? .raise(on: seen.settings.version) : nil
        }
    }

    /// The flush statement whose privilege is the least more to give.
    ///
    /// Resizing is the best, and free where raising is wanted; else its privilege reaches much further than DROP on
    /// one table.
    private func statementToAllow(_ settings: ServerSettings) -> FlushStatement {
        let candidates = FlushStatement.candidates(for: settings, with: flushWith)
        let best = candidates.first ?? .flush
        if settings.isGalera, candidates.contains(.flush) { return .flush }
        guard best == .resize, flushWith == .automatic else { return best }
        let raise = RaiseStatement.choice(for: settings.version, with: raising(on: settings))
        let raises = actions.contains(.raise) && raise != nil
        return raises ? best : candidates.dropFirst().first ?? best
    }

    private func may(_ purpose: MissingPrivilege.Purpose, _ seen: Observation) -> Bool? {
        switch purpose {
        case .see: return seen.privileges.maySee
        case .raise: return seen.privileges.mayRaise
        case .flush:
            let answers = FlushStatement.candidates(for: seen.settings, with: flushWith)
                .map { seen.privileges.allows($0) }
            return answers.contains(true) ? true : answers.contains(nil) ? nil : false
        }
    }
}
