import HostCacheCore
import SystemdSupport

/// Writes diagnoses for a person: findings with why and fix, the verdict last.
///
/// Names and messages are the server's words, or those of whoever answers on its port: none of them ends a line or
/// steers the terminal.
package struct DiagnosisText: CustomStringConvertible {
    private let diagnoses: [Diagnosis]
    private let showsColour: Bool

    /// - Parameters:
    ///   - diagnoses: One for each server.
    ///   - showsColour: Whether the words for bad levels are coloured; they are never the only sign.
    package init(_ diagnoses: [Diagnosis], showsColour: Bool) {
        self.diagnoses = diagnoses
        self.showsColour = showsColour
    }

    package var description: String {
        (diagnoses.map(section) + [summary]).joined(separator: "\n\n")
    }

    private func section(_ diagnosis: Diagnosis) -> String {
        let head = [diagnosis.name, diagnosis.version ?? "no answer", diagnosis.address].joined(
            separator: "   "
        )
        .onOneLine
        let findings = diagnosis.findings.indices.map { index in
            let previous = index > 0 ? diagnosis.findings[index - 1].fixes : []
            return lines(diagnosis.findings[index], after: previous)
        }
        return ([head] + hostCache(diagnosis) + table(diagnosis.hosts) + findings).joined(separator: "\n")
    }

    /// What an empty list of hosts means; the findings say it of a host cache that does not show them.
    private func hostCache(_ diagnosis: Diagnosis) -> [String] {
        guard diagnosis.hosts.isEmpty, case .visible(let entries)? = diagnosis.hostCache else { return [] }
        guard entries > 0 else { return ["  the host cache is seen and empty"] }
        let count = "\(entries) \(entries == 1 ? "address" : "addresses")"
        return ["  the host cache has \(count), and none has spent any errors"]
    }

    private func lines(_ finding: Finding, after previous: [Finding.Fix]) -> String {
        var lines = ["  \(word(finding.level))  \(finding.code.rawValue)  \(finding.title.onOneLine)"]
        lines += finding.why.map { ["        why    \($0.onOneLine)"] } ?? []
        if !finding.fixes.isEmpty, finding.fixes == previous {
            lines.append("        \(Self.label(0, finding.fixes))   as above")
        } else {
            lines += finding.fixes.indices.map { place in
                "        \(Self.label(place, finding.fixes))   \(finding.fixes[place].text.onOneLine)"
            }
        }
        return lines.joined(separator: "\n")
    }

    /// The word before a step, four characters wide: what it does where that begins, else how it goes with the one
    /// before it.
    ///
    /// One step of those that work now is enough; what lasts adds up.
    private static func label(_ place: Int, _ fixes: [Finding.Fix]) -> String {
        let effect = fixes[place].effect
        let isFirst = place == 0 || fixes[place - 1].effect != effect
        return switch effect {
        case .now: isFirst ? "now " : "or  "
        case .lasting: isFirst ? "keep" : "and "
        case nil: isFirst ? "fix " : "or  "
        }
    }

    /// The nearest hosts; a full cache has thousands.
    private static let mostHosts = 20

    private func table(_ hosts: [Diagnosis.Host]) -> [String] {
        guard !hosts.isEmpty else { return [] }
        let rows =
            [
                [
                    "address", "who", "spent", "of all errors", "errors a check", "first error", "last error",
                    "blocked",
                ]
            ]
            + hosts.prefix(Self.mostHosts).map(cells)
        let widths = rows[0].indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
        let lines = rows.map { row in
            let padded = zip(row, widths).map { $0 + String(repeating: " ", count: $1 - $0.count) }
            return "  " + padded.joined(separator: "   ").trimmingTrailingSpaces
        }
        let rest = hosts.count - Self.mostHosts
        return lines + (rest > 0 ? ["  and \(rest) more"] : [])
    }

    private func cells(_ host: Diagnosis.Host) -> [String] {
        let check = host.errorsPerCheck.map { errors in
            let figure = ErrorRate.decimal((errors.thousandths + 50) / 100 * 100)
            return switch errors.basis {
            case .measured: "\(figure) measured"
            case .average: "\(figure) on average"
            case .assumed, .supposed: "\(figure) assumed"
            }
        }
        let blocked =
            host.isBlocked
            ? "now" : host.timeToBlock.map { $0 == .never ? "never" : "in \($0)" } ?? "not known yet"
        return [
            host.address, who(host), "\(host.spent) / \(host.limit)",
            host.share.map { "\($0)" } ?? "-", check ?? "not known yet", Self.ago(host.firstErrorAge),
            Self.ago(host.lastErrorAge), blocked,
        ]
    }

    private func who(_ host: Diagnosis.Host) -> String {
        let facts = [host.isLoadBalancer ? "load balancer" : nil, host.name].compactMap(\.self)
        return facts.isEmpty ? "-" : facts.joined(separator: ", ").onOneLine
    }

    private static func ago(_ age: Duration?) -> String { age.map { "\($0.phrase) ago" } ?? "-" }

    private func word(_ level: Finding.Level) -> String {
        let (word, colour) =
            switch level {
            case .ok: ("ok  ", "32")
            case .warning: ("warn", "33")
            case .unknown: ("????", "35")
            case .critical: ("FAIL", "31")
            }
        return showsColour ? "\u{1B}[\(colour)m\(word)\u{1B}[0m" : word
    }

    private var summary: String {
        let all = diagnoses.flatMap(\.findings)
        let counts = [
            (Finding.Level.critical, "failure"), (.unknown, "unknown"), (.warning, "warning"), (.ok, "ok"),
        ]
        .map { level, word in (all.count { $0.level == level }, word) }
        .filter { $0.0 > 0 }
        .map { count, word in
            count == 1 || word == "ok" || word == "unknown" ? "\(count) \(word)" : "\(count) \(word)s"
        }
        let blocked = diagnoses.flatMap(\.hosts).filter(\.isBlocked).map(\.address)
        let first = all.filter { $0.level != .ok }.max { $0.level < $1.level }
        let parts = [
            counts.joined(separator: ", ") + ".",
            blocked.isEmpty ? nil : "Blocked now: \(blocked.prefix(5).joined(separator: ", ")).",
            first.map { "Do first: \($0.code.rawValue)." },
        ]
        return parts.compactMap(\.self).joined(separator: "   ")
    }
}

extension String {
    fileprivate var trimmingTrailingSpaces: String {
        String(reversed().drop { $0 == " " }.reversed())
    }
}
