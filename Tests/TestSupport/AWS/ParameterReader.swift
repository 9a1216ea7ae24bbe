/// Reads the parameters of one call and collects what is wrong with them, as AWS does.
///
/// The texts are those of AWS where one is known: `Value '600' at 'healthCheckIntervalSeconds' failed to
/// satisfy constraint: Member must have value less than or equal to 300` (aws-cloudformation/cfn-lint #807).
struct ParameterReader {
    private let parameters: [String: String]
    private var unread: Set<String>
    private var problems: [String] = []

    init(_ call: QueryCall) {
        parameters = call.parameters
        unread = Set(call.parameters.keys)
    }

    /// The value, nil when the parameter is missing.
    mutating func text(_ name: String) -> String? {
        unread.remove(name)
        return parameters[name]
    }

    /// The value, or the empty text and a problem.
    mutating func required(_ name: String) -> String {
        guard let value = text(name) else {
            refuse("null", name, "Member must not be null")
            return ""
        }
        return value
    }

    /// The value; nil when it is missing, and with a problem when it is no whole number in `range`.
    mutating func integer(_ name: String, in range: ClosedRange<Int>) -> Int? {
        guard let value = text(name) else { return nil }
        guard let number = Int(value), String(number) == value else {
            // Our words: what AWS says here was never seen.
            refuse("'\(value)'", name, "Member must be an integer")
            return nil
        }
        if number > range.upperBound {
            refuse("'\(number)'", name, "Member must have value less than or equal to \(range.upperBound)")
        } else if number < range.lowerBound {
            refuse("'\(number)'", name, "Member must have value greater than or equal to \(range.lowerBound)")
        }
        return number
    }

    /// The items `NAME.member.1`, `NAME.member.2` and so on, empty when there is none.
    ///
    /// A gap in the numbers leaves parameters unread, which ``finish()`` refuses.
    mutating func list(_ name: String, atMost limit: Int = .max) -> [String] {
        var items: [String] = []
        while let item = text("\(name).member.\(items.count + 1)") {
            items.append(item)
        }
        if items.count > limit {
            let all = items.joined(separator: ", ")
            refuse("'[\(all)]'", name, "Member must have length less than or equal to \(limit)")
        }
        return items
    }

    /// Throws ``ServiceError`` with every problem, and for parameters that nobody has read.
    ///
    /// AWS ignores those. Here they are refused, or a misspelt name would pass every test.
    func finish() throws(ServiceError) {
        if !problems.isEmpty {
            let count = problems.count == 1 ? "1 validation error" : "\(problems.count) validation errors"
            throw .validation("\(count) detected: \(problems.joined(separator: "; "))")
        }
        if let name = unread.min() {
            throw .validation("FakeAWS knows no parameter '\(name)' of this action")
        }
    }

    private mutating func refuse(_ value: String, _ name: String, _ constraint: String) {
        let member = name.prefix(1).lowercased() + name.dropFirst()
        problems.append("Value \(value) at '\(member)' failed to satisfy constraint: \(constraint)")
    }
}
