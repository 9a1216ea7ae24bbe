import Glibc
import SystemdSupport
import Testing

@Suite(.timeLimit(.minutes(5))) struct LineOutputTests {
    @Test func `a line gets its newline`() throws {
        let pipe = try Pipe()
        let output = LineOutput(descriptor: pipe.writing, patience: .seconds(60))
        output.write("one")
        output.write("")
        #expect(pipe.read(5) == "one\n\n")
    }

    @Test func `long lines of many threads do not mix`() throws {
        let pipe = try Pipe()
        let output = LineOutput(descriptor: pipe.writing, patience: .seconds(60))
        // Longer than a pipe takes at once, so that a write comes in parts.
        let expected = (0..<4).map { String(repeating: "\($0)", count: 100_000) }
        let threads = try expected.map { line in try OSThread { output.write(line) } }
        let text = pipe.read(400_004)
        for thread in threads {
            thread.join()
        }
        #expect(text.split(separator: "\n").map(String.init).sorted() == expected)
    }

    @Test func `a reader that takes nothing costs lines, not time, and the lines after it are whole`() throws
    {
        let pipe = try Pipe()
        let output = LineOutput(descriptor: pipe.writing, patience: .milliseconds(1))
        try #require(fcntl(pipe.reading, F_SETFL, O_NONBLOCK) == 0)
        // More than a pipe holds (pipe(7)).
        let long = String(repeating: "x", count: 100_000)
        output.write("first")
        // Each of them would wait for ever.
        for _ in 1...3 { output.write(long) }
        let early = pipe.read(1_000_000)
        #expect(early == "first\n" + long.prefix(early.utf8.count - 6))
        output.write("next")
        output.write("last")
        #expect(pipe.read(1_000_000) == "\nnext\nlast\n")
    }

    @Test func `a reader that went away is no failure`() async {
        // In a process of its own: how a signal is taken belongs to the whole process.
        await #expect(processExitsWith: .success) {
            signal(SIGPIPE, SIG_IGN)
            var ends: [Int32] = [-1, -1]
            try #require(pipe(&ends) == 0)
            close(ends[0])
            LineOutput(descriptor: ends[1], patience: .seconds(60)).write("lost")
        }
    }
}
