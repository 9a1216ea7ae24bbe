/// One thing that `diagnose` says about a server: what is so, why it matters, what to do.
package struct Finding: Hashable, Sendable {
    package var code: Code
    package var level: Level
    /// What is so, with the measured values; one line.
    package var title: String
    /// Why it matters, with a time where there is one; nil where the title says it all.
    package var why: String?
    /// What to do: what works now before what lasts, the fewest side effects first.
    package var fixes: [Fix]

    package init(_ code: Code, _ level: Level, _ title: String, why: String? = nil, fixes: [Fix] = []) {
        self.code = code
        self.level = level
        self.title = title
        self.why = why
        self.fixes = fixes
    }

    /// How bad it is; the order is that of the exit code, the worst last.
    package enum Level: String, Hashable, Sendable, CaseIterable {
        case ok
        case warning
        case unknown
        case critical
    }

    /// A stable name for the kind of finding; explained in `docs/findings.md`.
    package enum Code: String, Hashable, Sendable, CaseIterable {
        case connectFailed = "HC101"
        case blockedOurselves = "HC102"
        case encryptionFailed = "HC103"
        case loginFailed = "HC104"
        case endpoint = "HC106"
        case slowLogin = "HC107"
        case cannotRead = "HC111"
        case cannotFlush = "HC112"
        case cannotRaise = "HC113"
        case beginsReadOnly = "HC114"
        case limit = "HC201"
        case cannotBlock = "HC202"
        case blind = "HC203"
        case limitTooLow = "HC204"
        case limitNotPersisted = "HC205"
        case hostBlocked = "HC206"
        case hostNearLimit = "HC207"
        case guardRailsTooNarrow = "HC208"
        case flushSchedule = "HC209"
        case otherOffender = "HC211"
        case hostNotValidated = "HC212"
        case cannotPersist = "HC214"
        case nameNotFound = "HC215"
        case mayBeBlocked = "HC216"
        case rowsNotRead = "HC217"
        case heatWave = "HC218"
        case awsFailed = "HC301"
        case interval = "HC304"
        case otherCheck = "HC305"
        case addressPreserved = "HC306"
        case checkNeverSucceeds = "HC307"
        case keepAlive = "HC310"
        case leader = "HC402"
    }

    /// One step a person can take, ready to copy.
    package struct Fix: Hashable, Sendable {
        package var kind: Kind
        package var text: String
        /// What it does about a block; nil where it is about something else.
        package var effect: Effect?

        package init(_ kind: Kind, _ text: String, _ effect: Effect? = nil) {
            self.kind = kind
            self.text = text
            self.effect = effect
        }

        /// What a step does about a block: nobody is let in by what only helps next time.
        package enum Effect: String, Hashable, Sendable {
            /// Lets a blocked address in at once; one of these is enough.
            case now
            /// Keeps it from being blocked again, and unblocks nobody.
            case lasting
        }

        /// Where the text belongs.
        package enum Kind: String, Hashable, Sendable {
            case sql
            case shell
            case file
            case advice
        }
    }
}

extension Finding.Level: Comparable {
    package static func < (lhs: Self, rhs: Self) -> Bool { lhs.rank < rhs.rank }

    private var rank: Int {
        switch self {
        case .ok: 0
        case .warning: 1
        case .unknown: 2
        case .critical: 3
        }
    }
}
