import HostCacheCore

/// Diagnoses for a program; the keys are part of the interface.
package struct DiagnosisDocument: Encodable {
    private let schema = 1
    private let generatedAt: String
    private let verdict: String
    private let servers: [Server]

    /// - Parameters:
    ///   - diagnoses: One for each server.
    ///   - generatedAt: ISO 8601 in UTC.
    package init(_ diagnoses: [Diagnosis], generatedAt: String) {
        self.generatedAt = generatedAt
        verdict = (diagnoses.map(\.verdict).max() ?? .ok).rawValue
        servers = diagnoses.map(Server.init)
    }

    /// The document as text.
    package func json() throws -> String { try JSONText.of(self) }

    /// The most hosts of one server.
    package static let mostHosts = 1000

    private struct Server: Encodable {
        var name: String
        var address: String
        var version: String?
        var verdict: String
        /// `visible`, `blind` or `cannot_block`; absent when the server did not answer.
        var exposure: String?
        /// Rows of the host cache, those without errors too; absent where they cannot be seen.
        var hostCacheEntries: Int?
        var hosts: [Host]
        /// How many more there are; absent when `hosts` has them all.
        var hostsOmitted: Int?
        var findings: [Entry]

        init(_ diagnosis: Diagnosis) {
            name = diagnosis.name
            address = diagnosis.address
            version = diagnosis.version
            verdict = diagnosis.verdict.rawValue
            switch diagnosis.hostCache {
            case .visible(let entries)?:
                exposure = "visible"
                hostCacheEntries = entries
            case .blind?: exposure = "blind"
            case .cannotBlock?: exposure = "cannot_block"
            case nil: break
            }
            hosts = diagnosis.hosts.prefix(DiagnosisDocument.mostHosts).map(Host.init)
            let rest = diagnosis.hosts.count - DiagnosisDocument.mostHosts
            hostsOmitted = rest > 0 ? rest : nil
            findings = diagnosis.findings.map(Entry.init)
        }
    }

    private struct Host: Encodable {
        var address: String
        var name: String?
        var loadBalancer: Bool
        var blocked: Bool
        var spent: UInt64
        var limit: UInt64
        var errorsPerCheck: Double?
        var basis: String?
        /// Its part of all errors, 0 to 1 in thousandths; absent where it has none.
        var share: Double?
        var firstErrorSecondsAgo: Int64?
        var lastErrorSecondsAgo: Int64?
        /// Absent for never and for not known.
        var secondsToBlock: Int64?

        init(_ host: Diagnosis.Host) {
            address = host.address
            name = host.name
            loadBalancer = host.isLoadBalancer
            blocked = host.isBlocked
            spent = host.spent
            limit = host.limit
            errorsPerCheck = host.errorsPerCheck.map { Double($0.thousandths) / 1000 }
            basis = host.errorsPerCheck?.basis.rawValue
            share = host.share.map { Double($0.thousandths) / 1000 }
            firstErrorSecondsAgo = host.firstErrorAge?.wholeSeconds
            lastErrorSecondsAgo = host.lastErrorAge?.wholeSeconds
            secondsToBlock = host.timeToBlock?.duration?.wholeSeconds
        }
    }

    private struct Entry: Encodable {
        var code: String
        var level: String
        var title: String
        var why: String?
        var fix: [Step]

        init(_ finding: Finding) {
            code = finding.code.rawValue
            level = finding.level.rawValue
            title = finding.title
            why = finding.why
            fix = finding.fixes.map {
                Step(kind: $0.kind.rawValue, effect: $0.effect?.rawValue, text: $0.text)
            }
        }
    }

    private struct Step: Encodable {
        var kind: String
        /// `now` or `lasting`; absent where it is not about a block.
        ///
        /// What is `now` lets a blocked address in at once; what is `lasting` keeps it from being blocked again, and
        /// unblocks nobody.
        var effect: String?
        var text: String
    }
}
