import SigV4
import Testing

@Suite struct URIEncodingTests {
    @Test func `unreserved characters stay, all other bytes are encoded`() {
        let unreserved = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~"
        for byte in UInt8(0)...127 {
            let character = String(UnicodeScalar(byte))
            let digits = String(byte, radix: 16, uppercase: true)
            let escape = "%" + (byte < 16 ? "0" : "") + digits
            #expect(URIEncoding.encode(character) == (unreserved.contains(character) ? character : escape))
        }
    }

    @Test(
        arguments: [
            ("", ""),
            ("a b+c/d", "a%20b%2Bc%2Fd"),
            ("\r\n", "%0D%0A"),
            ("\u{e9}", "%C3%A9"),
            ("e\u{301}", "e%CC%81"),
            ("🐬", "%F0%9F%90%AC"),
        ]
    )
    func `text is encoded by the bytes of its utf-8 form, as it was given`(_ text: String, _ encoded: String)
    {
        #expect(URIEncoding.encode(text) == encoded)
    }

    @Test func `a path keeps its slashes, also under a combining mark`() {
        #expect(URIEncoding.encodePath("/a b//c/\u{301}%20") == "/a%20b//c/%CC%81%2520")
    }

    @Test func `a query keeps order, repeated names and empty values`() {
        let parameters = [
            NamedValue("b", "2&3"), NamedValue("a=", ""), NamedValue("b", "1"),
        ]
        #expect(URIEncoding.query(parameters) == "b=2%263&a%3D=&b=1")
        #expect(URIEncoding.query([]) == "")
    }
}
