import AWSClient
import TestSupport
import Testing

@Suite struct XMLElementTests {
    @Test func `a document becomes a tree`() throws {
        let document = """
            <?xml version="1.0" encoding="utf-8"?><!-- said -->
            <a xmlns="http://example.com/" b="c"><d>x &lt;&amp;&#252;&#x1F600;<![CDATA[<y>]]></d><e/><e> </e></a>
            """
        #expect(
            try XMLElement(reading: Array(document.utf8))
                == XMLElement(
                    name: "a",
                    text: "",
                    children: [
                        XMLElement(name: "d", text: "x <&\u{fc}\u{1f600}<y>", children: []),
                        XMLElement(name: "e", text: "", children: []),
                        XMLElement(name: "e", text: " ", children: []),
                    ]
                )
        )
    }

    @Test(arguments: ["<a><b/></a>", "<a><b></b></a>", "<a><b>\n</b></a>"])
    func `an empty list has no members`(_ document: String) throws {
        #expect(try XMLElement(reading: Array(document.utf8)).members(of: "b") == [])
    }

    @Test func `a missing list is not an empty one`() throws {
        #expect(try XMLElement(reading: Array("<a/>".utf8)).members(of: "b") == nil)
    }

    @Test func `members are found in their order, strangers between them are not`() throws {
        let document = "<a><b><member>1</member><New/><member>2</member></b></a>"
        #expect(try XMLElement(reading: Array(document.utf8)).members(of: "b")?.map(\.text) == ["1", "2"])
    }

    @Test(
        arguments: [
            ("", "no element found"), ("   ", "no element found"), ("<a>", "no element found"),
            ("<a></b>", "mismatched tag"), ("<a/><b/>", "junk after document element"),
            ("<html><br></html>", "mismatched tag"), ("{\"a\": 1}", "not well-formed (invalid token)"),
            ("<a>&unknown;</a>", "undefined entity"), ("<a>\u{0}</a>", "not well-formed (invalid token)"),
        ]
    )
    func `what is no document is refused in the parser's words`(_ document: String, _ words: String) {
        #expect(throws: XMLError(cause: .malformed(words), line: 1)) {
            try XMLElement(reading: Array(document.utf8))
        }
    }

    @Test(
        arguments: [
            "<!DOCTYPE a [<!ENTITY b \"c\">]><a>&b;</a>",
            "<!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/passwd\">]><a>&b;</a>",
            "<!DOCTYPE a SYSTEM \"http://127.0.0.1:1/a.dtd\"><a/>",
            """
            <!DOCTYPE a [<!ENTITY a0 "ha"><!ENTITY a1 "&a0;&a0;&a0;&a0;&a0;&a0;&a0;&a0;&a0;&a0;">\
            <!ENTITY a2 "&a1;&a1;&a1;&a1;&a1;&a1;&a1;&a1;&a1;&a1;">\
            <!ENTITY a3 "&a2;&a2;&a2;&a2;&a2;&a2;&a2;&a2;&a2;&a2;">]><a>&a3;</a>
            """,
            "<!DOCTYPE html><html></html>",
        ]
    )
    func `a document type is refused where it begins, bombs included`(_ document: String) {
        #expect(throws: XMLError(cause: .documentType, line: 1)) {
            try XMLElement(reading: Array(document.utf8))
        }
    }

    @Test func `depth, number and size are taken up to their limits`() {
        let limits = XMLLimits(bytes: 40, depth: 3, elements: 4)
        func failure(_ document: String) -> XMLError.Cause? {
            do throws(XMLError) {
                _ = try XMLElement(reading: Array(document.utf8), limits: limits)
                return nil
            } catch {
                return error.cause
            }
        }
        #expect(failure("<a><b><c/></b></a>") == nil)
        #expect(failure("<a><b><c><d/></c></b></a>") == .tooDeep(limit: 3))
        #expect(failure("<a><b/><b/><b/></a>") == nil)
        #expect(failure("<a><b/><b/><b/><b/></a>") == .tooMany(limit: 4))
        let filler = String(repeating: "x", count: 33)
        #expect(failure("<a>\(filler)</a>") == nil)
        #expect(failure("<a>\(filler)x</a>") == .tooLarge(limit: 40))
    }

    @Test func `an error names the line and says what was wrong`() {
        #expect(
            "\(XMLError(cause: .tooDeep(limit: 32), line: 7))"
                == "not readable as XML: its elements are nested more than 32 deep (line 7)"
        )
        #expect(
            "\(XMLError(cause: .documentType, line: 1))"
                == "not readable as XML: it has a document type, which is not accepted (line 1)"
        )
    }

    @Test(arguments: 0..<32 as Range<UInt64>)
    func `no document crashes the reader, however it is damaged`(_ seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let whole = Array("<a xmlns=\"x\"><b>1 &amp; 2</b><c><member>ü</member></c><!--d--></a>".utf8)
        for _ in 0..<200 {
            var bytes = whole
            for _ in 0..<Int.random(in: 1...4, using: &random) {
                bytes[Int.random(in: bytes.indices, using: &random)] = UInt8.random(
                    in: 0...255,
                    using: &random
                )
            }
            bytes.removeLast(Int.random(in: 0...bytes.count, using: &random))
            do throws(XMLError) {
                let element = try XMLElement(reading: bytes)
                // Whatever still reads as a document has a name and fits into what was given.
                #expect(!element.name.isEmpty && element.text.utf8.count <= 3 * bytes.count)
            } catch {
                #expect(!error.description.isEmpty)
            }
        }
    }
}
