import Glibc
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(5))) struct ChildProcessTests {
    @Test func `keeps output and errors apart and reports the exit code`() async throws {
        let process = try await ChildProcess.start("sh", ["-c", "echo out; echo err >&2; exit 7"])
        #expect(try await process.wait() == .code(7))
        #expect(process.standardOutput == "out\n")
        #expect(process.standardError == "err\n")
        #expect(process.privateBytes == nil)
    }

    @Test func `is not held up by output that nobody reads`() async throws {
        let output = try await ChildProcess.run("sh", ["-c", "head -c 1000000 /dev/zero | tr '\\0' x"])
        #expect(output == String(repeating: "x", count: 1_000_000))
    }

    @Test func `gives the child its own environment and an empty input`() async throws {
        let output = try await ChildProcess.run("sh", ["-c", "cat; env | sort"], environment: ["A": "b c"])
        let variables = output.split(separator: "\n").filter { !$0.hasPrefix("PWD=") && !$0.hasPrefix("_=") }
        #expect(variables == ["A=b c", "PATH=/usr/sbin:/usr/bin:/sbin:/bin"])
    }

    @Test func `gives the child no other open file`() async throws {
        let inherited = open("/dev/null", O_RDONLY)
        defer { close(inherited) }
        let output = try await ChildProcess.run(
            "sh",
            ["-c", "test -e /proc/self/fd/\(inherited) && echo open; true"]
        )
        #expect(output == "")
    }

    @Test func `reports the signal that ended it`() async throws {
        let process = try await ChildProcess.start("sleep", ["1000"])
        #expect(process.exitStatus == nil)
        process.signal(SIGTERM)
        #expect(try await process.wait() == .signal(SIGTERM))
        process.signal(SIGKILL)
        #expect(process.exitStatus == .signal(SIGTERM))
    }

    @Test func `knows its memory`() async throws {
        let process = try await ChildProcess.start("sleep", ["1000"])
        try await waitUntil { try await ChildProcess.run("cat", ["/proc/\(process.pid)/comm"]) == "sleep\n" }
        let bytes = try #require(process.privateBytes)
        #expect((10_000..<50_000_000).contains(bytes))
        await process.kill()
        #expect(process.exitStatus == .signal(SIGKILL))
    }

    @Test func `says what went wrong`() async throws {
        await #expect(throws: ChildProcessError.self) {
            try await ChildProcess.run("/nowhere/program")
        }
        let process = try await ChildProcess.start("/nowhere/program")
        #expect(try await process.wait() == .code(127))
    }

    @Test func `is killed when nobody refers to it any more`() async throws {
        var process: ChildProcess? = try await ChildProcess.start("sleep", ["1000"])
        let pid = try #require(process?.pid)
        process = nil
        #expect(kill(pid, 0) == -1)
    }
}
