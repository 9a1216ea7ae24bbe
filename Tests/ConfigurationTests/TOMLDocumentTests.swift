import Configuration
import Testing

@Suite struct TOMLDocumentTests {
    private func parse(_ text: String) throws -> [TOMLEntry] {
        try TOMLDocument(parsing: Array(text.utf8)).entries
    }

    private func entry(_ key: String, _ line: Int, _ value: TOMLValue, from: Int? = nil) -> TOMLEntry {
        TOMLEntry(key: key, line: line, node: TOMLNode(line: from ?? line, value: value))
    }

    @Test func `keeps every kind of value with its line`() throws {
        let text = """
            a = "tab\\t \\u0000 # \\" naïve"
            b = -9223372036854775808
            c = 0.05
            d = true
            e = 2024-02-29
            f = 12:30:00
            g = 2024-02-29T12:30:00Z
            h = [
              1,
              ["x"],
            ]
            """
        let expected = [
            entry("a", 1, .string("tab\t \u{0} # \" naïve")),
            entry("b", 2, .integer(.min)),
            entry("c", 3, .float(0.05)),
            entry("d", 4, .boolean(true)),
            entry("e", 5, .dateOrTime),
            entry("f", 6, .dateOrTime),
            entry("g", 7, .dateOrTime),
            entry(
                "h",
                8,
                .array([
                    TOMLNode(line: 9, value: .integer(1)),
                    TOMLNode(line: 10, value: .array([TOMLNode(line: 10, value: .string("x"))])),
                ])
            ),
        ]
        #expect(try parse(text) == expected)
    }

    @Test func `keeps the lines of headers, dotted keys and inline tables`() throws {
        let text = """
            [m]
            x = 1
            [[s]]
            y = {z = 2}
            [[s]]
            [m.n]
            p.q = 3
            """
        let expected = [
            entry(
                "m",
                1,
                .table([
                    entry("n", 6, .table([entry("p", 7, .table([entry("q", 7, .integer(3))]))])),
                    entry("x", 2, .integer(1)),
                ])
            ),
            entry(
                "s",
                3,
                .array([
                    TOMLNode(line: 3, value: .table([entry("y", 4, .table([entry("z", 4, .integer(2))]))])),
                    TOMLNode(line: 5, value: .table([])),
                ])
            ),
        ]
        #expect(try parse(text) == expected)
    }

    @Test func `an empty text is an empty document`() throws {
        #expect(try parse("") == [])
        #expect(try parse("\u{feff}# only a comment") == [])
    }

    @Test func `a mistake has its line and column`() throws {
        let error = try #require(throws: TOMLSyntaxError.self) { try parse("a = 1\nb = \n") }
        #expect(error.description == "while parsing key-value pair: expected value, saw '\\n'")
        #expect(error.line == 2)
        #expect(error.column == 5)
    }

    @Test(
        arguments: [
            ("true", "t0psecret\nb"), ("true", "tru\n"), ("false", "fals\r\n"), ("inf", "in\n"),
            ("nan", "n0psecret"),
        ]
    )
    func `what stands in place of a word is not shown`(_ word: String, _ text: String) throws {
        let error = try #require(throws: TOMLSyntaxError.self) { try parse("a = \(text)") }
        let kind = word.hasSuffix("e") ? "boolean" : "floating-point"
        #expect(error.description == "while parsing \(kind): expected '\(word)'")
    }

    @Test func `a mistake prints on one line`() throws {
        let error = try #require(throws: TOMLSyntaxError.self) { try parse("\"a\tb\" = 1\n\"a\tb\" = 2") }
        // The parser's words for it differ by version, but have the tab in them.
        #expect(error.description.contains("a\\tb"))
        #expect(error.description.unicodeScalars.filter { $0.properties.generalCategory == .control } == [])
    }

    @Test(arguments: [[0xff], [0x61, 0x3d, 0x22, 0xc3, 0x22], [0x00], Array("a=1\na=2".utf8)] as [[UInt8]])
    func `refuses what is not TOML`(_ bytes: [UInt8]) {
        #expect(throws: TOMLSyntaxError.self) { try TOMLDocument(parsing: bytes) }
    }

    /// An assertion of toml++ up to 3.4 that a debug build would die of.
    @Test(arguments: ["[[[a]]]", "a = 1\n[[=", "[[[]]"])
    func `a broken assertion of the parser is a mistake of the text`(_ text: String) throws {
        let error = try #require(throws: TOMLSyntaxError.self) { try parse(text) }
        let unplaced = "a mistake that toml++ cannot place, such as a third bracket in a table's header"
        #expect(error.line == nil ? error.description == unplaced : error.description.isEmpty == false)
    }
}
