/// An HTTP answer, read without knowing what it should be.
package struct WireAnswer: Hashable, Sendable {
    package let status: Int
    /// By name in lower case.
    package let headers: [String: String]
    package let body: String

    /// Reads everything that a server sent before it closed; nil when that is no HTTP answer.
    init?(_ bytes: [UInt8]) {
        // As lines of bytes: to Swift a carriage return and a newline are one character.
        let text = String(decoding: bytes, as: UTF8.self).replacing("\r\n", with: "\n")
        guard let end = text.firstRange(of: "\n\n") else { return nil }
        let lines = text[..<end.lowerBound].split(separator: "\n")
        let words = lines.first?.split(separator: " ") ?? []
        guard words.count > 1, let status = Int(words[1]) else { return nil }
        self.status = status
        var headers: [String: String] = [:]
        for line in lines.dropFirst() {
            let halves = line.split(separator: ":", maxSplits: 1)
            headers[halves[0].lowercased()] = halves.count == 2 ? String(halves[1].drop { $0 == " " }) : ""
        }
        self.headers = headers
        body = String(text[end.upperBound...])
    }

    /// The text of the first element of this name, without looking at what is around it.
    package func first(_ element: String) -> String? {
        guard let start = body.firstRange(of: "<\(element)>"),
            let end = body[start.upperBound...].firstRange(of: "</\(element)>")
        else { return nil }
        return String(body[start.upperBound..<end.lowerBound])
    }
}
