import Glibc
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(5))) struct SpawnerTests {
    @Test func `kills the children of a process that crashes`() async throws {
        let result = await #expect(processExitsWith: .signal(SIGKILL), observing: [\.standardOutputContent]) {
            let child = try await ChildProcess.start("sleep", ["1000"])
            // Until then it is setpriv, which may not have asked for the signal yet.
            try await waitUntil("it sleeps") { TextFile.read("/proc/\(child.pid)/comm") == "sleep\n" }
            print("child \(child.pid).")
            fflush(nil)
            kill(getpid(), SIGKILL)
        }
        let output = String(decoding: try #require(result).standardOutputContent, as: UTF8.self)
        let number = try #require(output.split(separator: "child ").last?.split(separator: ".").first)
        let child = try #require(Int32(number))
        try await waitUntil("process \(child) is gone") { TextFile.read("/proc/\(child)/comm") != "sleep\n" }
    }
}
