import Secrets
import SigV4

extension AWSCredentials {
    /// The text without the secrets of these credentials, whatever put them there.
    func redacting(_ text: String) -> String {
        [secretAccessKey, sessionToken].compactMap { $0?.reveal() }.filter { !$0.isEmpty }
            .reduce(text) { $0.replacing($1, with: "<redacted>") }
    }
}
