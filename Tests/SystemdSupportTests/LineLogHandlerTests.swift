import Logging
import SystemdSupport
import Testing

@Suite struct LineLogHandlerTests {
    private let lines = LogLines()

    @Test func `the journal gets its priority and no time`() {
        let logger = lines.logger(.journal)
        for level in Logger.Level.allCases {
            logger.log(level: level, "flushed the host cache", metadata: ["server": "orders"])
        }
        #expect(
            lines.all == [
                "<7>flushed the host cache server=orders",
                "<7>flushed the host cache server=orders",
                "<6>flushed the host cache server=orders",
                "<5>flushed the host cache server=orders",
                "<4>flushed the host cache server=orders",
                "<3>flushed the host cache server=orders",
                "<2>flushed the host cache server=orders",
            ]
        )
    }

    @Test func `a terminal gets time, level, message and the metadata by key`() {
        lines.logger(.text).notice(
            "flushed",
            metadata: ["trigger": "budget", "server": "orders", "Rows": "7"]
        )
        #expect(
            lines.all == ["2026-11-23T02:48:49.123Z notice flushed Rows=7 server=orders trigger=budget"]
        )
    }

    @Test func `JSON is one object with our keys first`() {
        lines.logger(.json).warning("held", metadata: ["why": "a \"b\"", "rows": .stringConvertible(7)])
        #expect(
            lines.all == [
                #"{"time":"2026-11-23T02:48:49.123Z","level":"warning","message":"held","#
                    + #""rows":"7","why":"a \"b\""}"#
            ]
        )
    }

    @Test func `metadata cannot take the place of our own keys`() {
        lines.logger(.json).info("up", metadata: ["level": "debug", "message": "down", "time": "never"])
        #expect(
            lines.all == [
                #"{"time":"2026-11-23T02:48:49.123Z","level":"info","message":"up","#
                    + #""metadata.level":"debug","metadata.message":"down","metadata.time":"never"}"#
            ]
        )
    }

    @Test func `collections are sorted by key`() {
        let metadata: Logger.Metadata = ["hosts": ["b": ["2", "1"], "a": [:]]]
        lines.logger(.journal).info("seen", metadata: metadata)
        lines.logger(.json).info("seen", metadata: metadata)
        #expect(
            lines.all == [
                #"<6>seen hosts="{a: {}, b: [2, 1]}""#,
                #"{"time":"2026-11-23T02:48:49.123Z","level":"info","message":"seen","#
                    + #""hosts":{"a":{},"b":["2","1"]}}"#,
            ]
        )
    }

    @Test(
        arguments: [
            ("orders", "orders"),
            ("größe", "größe"),
            ("10.0.1.23:3306", "10.0.1.23:3306"),
            ("", #""""#),
            ("a b", #""a b""#),
            ("a=b", #""a=b""#),
            (#"a"b"#, #""a\"b""#),
            (#"a\b"#, #""a\\b""#),
            ("a\u{a0}b", "\"a\u{a0}b\""),
            ("a\nb", #""a\nb""#),
            ("a\r\nb", #""a\r\nb""#),
            ("a\tb", #""a\tb""#),
            ("a\0\u{1b}[2J", #""a\u0000\u001b[2J""#),
            ("a\u{7f}\u{85}\u{9b}", #""a\u007f\u0085\u009b""#),
            ("a\u{2028}\u{2029}", #""a\u2028\u2029""#),
            ("a\u{202e}b", #""a\u202eb""#),
            ("a\u{e0041}", #""a\udb40\udc41""#),
        ] as [(String, String)]
    )
    func `a value that is not one plain word is quoted and escaped`(_ value: String, _ text: String) {
        lines.logger(.journal).info("seen", metadata: ["host": .string(value)])
        #expect(lines.all == ["<6>seen host=\(text)"])
    }

    @Test(arguments: [LogFormat.journal, .text, .json])
    func `a hostile message, key or value cannot begin a line`(format: LogFormat) {
        let hostile = "x\n<0>forged\r\n{\"level\":\"error\"}\u{2028}y"
        lines.logger(format).info("\(hostile)", metadata: [hostile: ["k\n": .string(hostile)]])
        let line = lines.all.joined()
        #expect(lines.all.count == 1)
        #expect(line.unicodeScalars.filter { $0.value < 0x20 || $0.value == 0x2028 } == [])
    }

    @Test func `a message is escaped without quotation marks`() {
        lines.logger(.journal).info("said \"no\"\n\\")
        #expect(lines.all == [#"<6>said "no"\n\\"#])
    }

    @Test(arguments: [(4_095, false), (4_096, false), (4_097, true)] as [(Int, Bool)])
    func `a value is cut before the journal would cut the line`(_ length: Int, _ isCut: Bool) {
        lines.logger(.journal).info("x", metadata: ["a": .string(String(repeating: "a", count: length))])
        let expected = String(repeating: "a", count: min(length, 4_096)) + (isCut ? "…" : "")
        #expect(lines.all == ["<6>x a=\(expected)"])
    }

    @Test func `an escape is never cut in two`() {
        let value = String(repeating: "a", count: 4_091) + "\u{1b}b"
        lines.logger(.journal).info("x", metadata: ["a": .string(value)])
        #expect(lines.all == ["<6>x a=\"\(String(repeating: "a", count: 4_091))…\""])
    }

    @Test func `the event wins over the provider and the provider over the handler`() {
        var handler = lines.handler(.journal)
        handler.metadata = ["a": "handler", "b": "handler", "c": "handler"]
        handler[metadataKey: "d"] = "subscript"
        handler.metadataProvider = Logger.MetadataProvider { ["b": "provider", "c": "provider"] }
        Logger(label: "hostcached", factory: { [handler] _ in handler }).info("x", metadata: ["c": "event"])
        #expect(lines.all == ["<6>x a=handler b=provider c=event d=subscript"])
    }

    @Test func `an error is part of the line`() {
        lines.logger(.journal).error("failed", error: SystemdError.unusableAddress("a"))
        #expect(
            lines.all == [
                #"<3>failed error.message="cannot notify systemd: NOTIFY_SOCKET is \"a\", neither an absolute "#
                    + #"path nor @ and a name; unset it, or start hostcached from its unit" "#
                    + "error.type=SystemdSupport.SystemdError"
            ]
        )
    }

    @Test func `what is below the level is not logged`() {
        let logger = lines.logger(.journal, level: .notice)
        logger.info("below")
        logger.notice("at")
        logger.warning("above")
        #expect(lines.all == ["<5>at", "<4>above"])
    }
}
