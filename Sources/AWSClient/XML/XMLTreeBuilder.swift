/// Puts elements together as a parser meets them.
final class XMLTreeBuilder {
    private struct Open {
        let name: String
        var text: [UInt8] = []
        var children: [XMLElement] = []
    }

    private let limits: XMLLimits
    /// The elements that have begun and not ended, the root first.
    private var open: [Open] = []
    private var count = 0
    /// Nil until the root has ended.
    private(set) var root: XMLElement?
    /// Why building stopped; nil while it goes on.
    private(set) var failure: XMLError.Cause?

    init(limits: XMLLimits) {
        self.limits = limits
    }

    /// False when the parser has to stop; so are the others.
    func begin(_ name: String) -> Bool {
        count += 1
        guard count <= limits.elements else { return stop(.tooMany(limit: limits.elements)) }
        guard open.count < limits.depth else { return stop(.tooDeep(limit: limits.depth)) }
        open.append(Open(name: name))
        return true
    }

    func addText(_ bytes: some Sequence<UInt8>) {
        guard !open.isEmpty else { return }
        open[open.count - 1].text += bytes
    }

    func end() {
        guard let last = open.popLast() else { return }
        let element = XMLElement(
            name: last.name,
            text: String(decoding: last.text, as: UTF8.self),
            children: last.children
        )
        if open.isEmpty {
            root = element
        } else {
            open[open.count - 1].children.append(element)
        }
    }

    func beginDocumentType() { _ = stop(.documentType) }

    private func stop(_ cause: XMLError.Cause) -> Bool {
        failure = cause
        return false
    }
}
