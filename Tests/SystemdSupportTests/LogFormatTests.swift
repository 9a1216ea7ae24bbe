import Glibc
import SystemdSupport
import Testing

@Suite struct LogFormatTests {
    @Test func `text becomes the journal's where the output goes there`() throws {
        let pipe = try Pipe()
        #expect(choose(.text, stream: pipe.identity, pipe: pipe) == .journal)
    }

    @Test func `text stays text where the output was redirected`() throws {
        let pipe = try Pipe()
        let other = try Pipe()
        #expect(choose(.text, stream: other.identity, pipe: pipe) == .text)
        #expect(choose(.text, stream: "", pipe: pipe) == .text)
        #expect(choose(.text, stream: nil, pipe: pipe) == .text)
    }

    @Test func `text stays text where there is no output`() throws {
        #expect(
            LogFormat.choose(.text, environment: ["JOURNAL_STREAM": "0:0"], descriptor: -1) == .text
        )
    }

    @Test func `JSON has its priority in front in the journal only`() throws {
        let pipe = try Pipe()
        let other = try Pipe()
        #expect(choose(.json, stream: pipe.identity, pipe: pipe) == .journalJSON)
        #expect(choose(.json, stream: other.identity, pipe: pipe) == .json)
        #expect(choose(.json, stream: nil, pipe: pipe) == .json)
    }

    private func choose(_ request: LogFormat.Request, stream: String?, pipe: Pipe) -> LogFormat {
        let environment = stream.map { ["JOURNAL_STREAM": $0] } ?? [:]
        return LogFormat.choose(request, environment: environment, descriptor: pipe.writing)
    }
}
