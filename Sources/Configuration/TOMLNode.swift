/// One value of a TOML document, with the line that it begins on.
package struct TOMLNode: Hashable, Sendable {
    /// From 1.
    package let line: Int
    package let value: TOMLValue

    package init(line: Int, value: TOMLValue) {
        self.line = line
        self.value = value
    }
}

/// What TOML 1.0 knows to say. Source: https://toml.io/en/v1.0.0
package indirect enum TOMLValue: Hashable, Sendable {
    case table([TOMLEntry])
    case array([TOMLNode])
    case string(String)
    case integer(Int64)
    case float(Double)
    case boolean(Bool)
    /// A date, a time or both. Its content is not kept: no key takes one.
    case dateOrTime

    /// What it is, with its article, for a sentence.
    package var kind: String {
        switch self {
        case .table: "a table"
        case .array: "an array"
        case .string: "a string"
        case .integer: "an integer"
        case .float: "a float"
        case .boolean: "a boolean"
        case .dateOrTime: "a date or time"
        }
    }
}

/// One key of a table and its value.
package struct TOMLEntry: Hashable, Sendable {
    package let key: String
    /// Where the key is written, from 1.
    package let line: Int
    package let node: TOMLNode

    package init(key: String, line: Int, node: TOMLNode) {
        self.key = key
        self.line = line
        self.node = node
    }
}
