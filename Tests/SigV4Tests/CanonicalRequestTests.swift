import Secrets
import SigV4
import Testing

@Suite struct CanonicalRequestTests {
    @Test(
        arguments: [
            ("", "/", "/"),
            ("/", "/", "/"),
            ("//", "/", "//"),
            ("/a/", "/a/", "/a/"),
            ("//a//b", "/a/b", "//a//b"),
            ("/a/./b", "/a/b", "/a/./b"),
            ("/a/../b", "/b", "/a/../b"),
            ("/../a", "/a", "/../a"),
            ("/..", "/", "/.."),
            ("/a/b/..", "/a", "/a/b/.."),
            ("/a/b/../", "/a/", "/a/b/../"),
            ("/a/...", "/a/...", "/a/..."),
            ("/a%20b", "/a%2520b", "/a%2520b"),
            ("/a b", "/a%20b", "/a%20b"),
            ("/a/\u{301}", "/a/%CC%81", "/a/%CC%81"),
        ]
    )
    func `the path is encoded once more, and normalized only where asked for`(
        _ path: String,
        _ normalized: String,
        _ asIs: String
    ) throws {
        #expect(try line(1, of: .get(path), normalizesPath: true) == normalized)
        #expect(try line(1, of: .get(path), normalizesPath: false) == asIs)
    }

    @Test func `parameters are sorted by the bytes of the encoded name, then of the encoded value`() throws {
        let query = [
            NamedValue("b", "2"), NamedValue("b", "10"), NamedValue("B", "z"), NamedValue("b-", ""),
            NamedValue("e\u{301}", "2"), NamedValue("\u{e9}", "1"), NamedValue("~", "1"),
            NamedValue("b", "/"),
        ]
        #expect(
            try line(2, of: .get(query: query), normalizesPath: true)
                == "%C3%A9=1&B=z&b=%2F&b=10&b=2&b-=&e%CC%81=2&~=1"
        )
    }

    @Test func `header values are tidied, and those of a repeated header joined in order`() throws {
        let headers = [
            NamedValue("X-Two", " 2 \t two\r\n  2 "), NamedValue("HOST", "h"), NamedValue("x-two", "1"),
            NamedValue("X-Empty", ""), NamedValue("X-Two", "2"),
        ]
        let request = try CanonicalRequest(.get(headers: headers), normalizesPath: true)
        #expect(
            request.text.reveal() == """
                GET
                /

                host:h
                x-empty:
                x-two:2 two 2,1,2

                host;x-empty;x-two
                e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855
                """
        )
    }

    @Test(
        arguments: [
            "Authorization", "baggage", "Connection", "Expect", "Keep-Alive", "Proxy-Authorization",
            "proxy-connection", "TE", "traceparent", "tracestate", "Trailer", "Transfer-Encoding", "Upgrade",
            "User-Agent", "X-Amzn-Trace-Id",
        ]
    )
    func `a header that may change on the way is not signed`(_ name: String) throws {
        let headers = [NamedValue("Host", "h"), NamedValue(name, "x")]
        #expect(
            try CanonicalRequest(.get(headers: headers), normalizesPath: true)
                == CanonicalRequest(.get(headers: [NamedValue("Host", "h")]), normalizesPath: true)
        )
    }

    @Test func `a request without a host is refused`() {
        #expect(throws: SigningError.noHost) {
            try CanonicalRequest(.get(headers: [NamedValue("Hosts", "h")]), normalizesPath: true)
        }
    }

    private func line(
        _ index: Int,
        of request: UnsignedRequest,
        normalizesPath: Bool
    ) throws -> String {
        let text = try CanonicalRequest(request, normalizesPath: normalizesPath).text.reveal()
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        return String(try #require(lines.dropFirst(index).first))
    }
}
