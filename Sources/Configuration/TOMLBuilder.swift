internal import CTOML

/// Puts the events of one walk together to a tree.
struct TOMLBuilder {
    /// A table or an array whose end has not come yet.
    private struct Open {
        let key: String?
        let keyLine: Int
        let line: Int
        let isTable: Bool
        var entries: [TOMLEntry] = []
        var elements: [TOMLNode] = []
    }

    private var open: [Open] = []
    private(set) var root: TOMLNode?
    var error: TOMLSyntaxError?

    mutating func take(_ event: ctoml_event) {
        let key = event.key.map { Self.string($0, event.key_length) }
        let keyLine = Int(event.key_line)
        let line = Int(event.line)
        switch event.kind {
        case CTOML_BEGIN_TABLE:
            open.append(Open(key: key, keyLine: keyLine, line: line, isTable: true))
        case CTOML_BEGIN_ARRAY:
            open.append(Open(key: key, keyLine: keyLine, line: line, isTable: false))
        case CTOML_END:
            guard let done = open.popLast() else { return }
            let value: TOMLValue = done.isTable ? .table(done.entries) : .array(done.elements)
            add(TOMLNode(line: done.line, value: value), key: done.key, keyLine: done.keyLine)
        default:
            add(TOMLNode(line: line, value: Self.scalar(event)), key: key, keyLine: keyLine)
        }
    }

    private mutating func add(_ node: TOMLNode, key: String?, keyLine: Int) {
        guard let last = open.indices.last else {
            root = node
            return
        }
        if let key {
            open[last].entries.append(TOMLEntry(key: key, line: keyLine, node: node))
        } else {
            open[last].elements.append(node)
        }
    }

    private static func scalar(_ event: ctoml_event) -> TOMLValue {
        switch event.kind {
        case CTOML_STRING: .string(event.text.map { string($0, event.text_length) } ?? "")
        case CTOML_INTEGER: .integer(event.integer)
        case CTOML_FLOAT: .float(event.number)
        case CTOML_BOOLEAN: .boolean(event.boolean)
        default: .dateOrTime
        }
    }

    static func string(_ start: UnsafePointer<CChar>, _ length: Int) -> String {
        String(decoding: UnsafeRawBufferPointer(start: start, count: length), as: UTF8.self)
    }
}
