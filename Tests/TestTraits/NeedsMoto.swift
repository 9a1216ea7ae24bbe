package import TestSupport
import Testing

extension Moto {
    /// Skips the running case, with the reason, where moto is not installed.
    ///
    /// The warning is there because Swift Testing keeps quiet about one cancelled case among others.
    package static func skipUnlessAvailable() throws {
        guard !isAvailable else { return }
        let reason = "NO MOTO on this machine, so this is not tested: run pip install 'moto[server]'"
        Issue.record("\(reason)", severity: .warning)
        try Test.cancel("\(reason)")
    }
}
