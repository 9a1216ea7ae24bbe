import Daemon
import Glibc
import Testing

@Suite struct AppendOnlyFileTests {
    private let folder: ScratchFolder

    init() throws {
        folder = try ScratchFolder()
    }

    @Test func `lines are added after those of earlier runs`() throws {
        try AppendOnlyFile(path: folder("audit"), mode: 0o640).append("one")
        let file = try AppendOnlyFile(path: folder("audit"), mode: 0o640)
        try file.append("two")
        try file.append("")
        #expect(try text("audit") == "one\ntwo\n\n")
    }

    @Test func `a new file has the mode exactly and an existing one keeps its own`() async {
        await #expect(processExitsWith: .success) {
            let folder = try ScratchFolder()
            umask(0o077)
            _ = try AppendOnlyFile(path: folder("audit"), mode: 0o640)
            #expect(folder.mode(of: "audit") == 0o640)
            _ = try AppendOnlyFile(path: folder("audit"), mode: 0o600)
            #expect(folder.mode(of: "audit") == 0o640)
        }
    }

    @Test(
        arguments: [
            (before: "", after: "next\n"),
            (before: "whole\n", after: "whole\nnext\n"),
            (before: "tor", after: "tor\nnext\n"),
            (before: "whole\ntor", after: "whole\ntor\nnext\n"),
        ] as [(before: String, after: String)]
    )
    func `an unfinished line is closed before the next`(_ row: (before: String, after: String)) throws {
        try AtomicFile.write(Array(row.before.utf8), to: folder("audit"), mode: 0o600)
        try AppendOnlyFile(path: folder("audit"), mode: 0o600).append("next")
        #expect(try text("audit") == row.after)
    }

    @Test func `a line that the system cuts off is an error and is closed when there is room again`() async {
        await #expect(processExitsWith: .success) {
            let folder = try ScratchFolder()
            let path = folder("audit")
            let file = try AppendOnlyFile(path: path, mode: 0o600)
            try limitFileSize(to: 8)
            #expect(throws: FileError(operation: .write, path: path, code: EFBIG)) {
                try file.append("0123456789")
            }
            try limitFileSize(to: .max)
            try file.append("next")
            #expect(try File.read(path, limit: 64) == Array("01234567\nnext\n".utf8))
        }
    }

    @Test func `a full disk is an error that says what to do`() throws {
        let file = try AppendOnlyFile(path: "/dev/full", mode: 0o600)
        let error = #expect(throws: FileError.self) { try file.append("line") }
        #expect(error == FileError(operation: .write, path: "/dev/full", code: ENOSPC))
        #expect(
            error.map { "\($0)" }
                == "cannot write /dev/full: No space left on device (errno 28); free space on its file system"
        )
    }

    @Test func `a file that was moved away is made anew`() throws {
        let file = try AppendOnlyFile(path: folder("audit"), mode: 0o600)
        try file.append("one")
        try #require(rename(folder("audit"), folder("audit.1")) == 0)
        try file.append("two")
        #expect(try text("audit.1") == "one\n")
        #expect(try text("audit") == "two\n")
    }

    @Test func `a line with a newline in it is refused`() throws {
        let file = try AppendOnlyFile(path: folder("audit"), mode: 0o600)
        #expect(throws: FileError(operation: .write, path: folder("audit"), code: EINVAL)) {
            try file.append("one\r\ntwo")
        }
        #expect(try text("audit") == "")
    }

    @Test func `a missing folder shows when the file is opened`() {
        let path = folder("missing/audit")
        #expect(throws: FileError(operation: .open, path: path, code: ENOENT)) {
            _ = try AppendOnlyFile(path: path, mode: 0o600)
        }
    }

    @Test(.timeLimit(.minutes(5)))
    func `lines of many tasks stay whole and none is lost`() async throws {
        let file = try AppendOnlyFile(path: folder("audit"), mode: 0o600)
        try await withThrowingTaskGroup { group in
            for number in 0..<40 {
                group.addTask { try file.append(String(repeating: "\(number % 10)", count: 100 + number)) }
            }
            try await group.waitForAll()
        }
        let lines = try text("audit").split(separator: "\n", omittingEmptySubsequences: false)
        let expected = (0..<40).map { String(repeating: "\($0 % 10)", count: 100 + $0) } + [""]
        #expect(lines.map(String.init).sorted() == expected.sorted())
    }

    private func text(_ name: String) throws -> String {
        String(decoding: try File.read(folder(name), limit: 65_536), as: UTF8.self)
    }
}
