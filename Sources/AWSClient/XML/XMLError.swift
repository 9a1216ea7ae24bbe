/// Why bytes were not taken for an XML document.
package struct XMLError: Error, Hashable, Sendable {
    /// What was wrong.
    package enum Cause: Hashable, Sendable {
        /// Not well-formed; in the parser's words.
        case malformed(String)
        /// More bytes than this.
        case tooLarge(limit: Int)
        /// More elements inside each other than this.
        case tooDeep(limit: Int)
        /// More elements than this.
        case tooMany(limit: Int)
        /// A document type, which alone could define entities; no service sends one.
        case documentType
    }

    package let cause: Cause
    /// Where it was found, from 1.
    package let line: Int

    package init(cause: Cause, line: Int) {
        self.cause = cause
        self.line = line
    }
}

extension XMLError: CustomStringConvertible {
    package var description: String {
        let reason =
            switch cause {
            case .malformed(let words): words
            case .tooLarge(let limit): "it has more than \(limit) bytes"
            case .tooDeep(let limit): "its elements are nested more than \(limit) deep"
            case .tooMany(let limit): "it has more than \(limit) elements"
            case .documentType: "it has a document type, which is not accepted"
            }
        return "not readable as XML: \(reason) (line \(line))"
    }
}
