extension XMLElement {
    /// The text of a child; nil when it is missing or empty.
    func text(of name: String) -> String? {
        self[name].flatMap { $0.text.isEmpty ? nil : $0.text }
    }

    /// The text of a child that has to be there.
    func required(_ name: String) throws(AnswerError) -> String {
        guard let text = text(of: name) else { throw AnswerError("<\(self.name)> has no \(name)") }
        return text
    }

    /// The members of a list that has to be there, empty or not: "none" must not be read out of silence.
    func requiredMembers(of list: String) throws(AnswerError) -> [XMLElement] {
        guard let members = members(of: list) else { throw AnswerError("<\(name)> has no \(list)") }
        return members
    }

    /// The whole number in a child; nil when it is missing or empty.
    func number(of name: String) throws(AnswerError) -> Int? {
        guard let text = text(of: name) else { return nil }
        guard let number = Int(text) else {
            throw AnswerError("\(name) is no whole number: \"\(text.prefix(40))\"")
        }
        return number
    }

    /// The truth in a child; nil when it is missing or empty.
    func flag(of name: String) throws(AnswerError) -> Bool? {
        switch text(of: name) {
        case nil: nil
        case "true": true
        case "false": false
        case let text?: throw AnswerError("\(name) is neither true nor false: \"\(text.prefix(40))\"")
        }
    }

    /// The resource that a text names.
    static func arn(_ text: String) throws(AnswerError) -> ARN {
        guard let arn = ARN(text) else { throw AnswerError("\"\(text.prefix(100))\" is no ARN") }
        return arn
    }
}
