/// What an answer lacks, or has in a form that makes no sense.
struct AnswerError: Error, Hashable, Sendable {
    let message: String

    init(_ message: String) {
        self.message = message
    }
}
