import Daemon
import Glibc
import Testing

@Suite struct AtomicFileTests {
    private let folder: ScratchFolder

    init() throws {
        folder = try ScratchFolder()
    }

    @Test func `a new file has the content and nothing is left beside it`() throws {
        try AtomicFile.write(Array("up 1\n".utf8), to: folder("a.prom"), mode: 0o644)
        #expect(try text("a.prom") == "up 1\n")
        #expect(folder.names == ["a.prom"])
    }

    @Test func `a file is replaced by another and not written over`() throws {
        try AtomicFile.write(Array("old and long\n".utf8), to: folder("a.prom"), mode: 0o644)
        let old = open(folder("a.prom"), O_RDONLY)
        try #require(old >= 0)
        defer { close(old) }
        try AtomicFile.write(Array("new\n".utf8), to: folder("a.prom"), mode: 0o600)
        var buffer = [UInt8](repeating: 0, count: 64)
        let count = read(old, &buffer, buffer.count)
        #expect(String(decoding: buffer.prefix(max(count, 0)), as: UTF8.self) == "old and long\n")
        #expect(try text("a.prom") == "new\n")
        #expect(folder.mode(of: "a.prom") == 0o600)
        #expect(folder.names == ["a.prom"])
    }

    @Test func `a link is replaced and its target is left alone`() throws {
        try AtomicFile.write(Array("target\n".utf8), to: folder("target"), mode: 0o644)
        try #require(symlink(folder("target"), folder("link")) == 0)
        try AtomicFile.write(Array("new\n".utf8), to: folder("link"), mode: 0o644)
        #expect(try text("target") == "target\n")
        #expect(try text("link") == "new\n")
    }

    @Test func `the mode does not depend on the umask`() async {
        // In a process of its own: the umask belongs to the whole process.
        await #expect(processExitsWith: .success) {
            let folder = try ScratchFolder()
            umask(0o077)
            try AtomicFile.write([], to: folder("a.prom"), mode: 0o644)
            #expect(folder.mode(of: "a.prom") == 0o644)
            umask(0)
            try AtomicFile.write([], to: folder("state.json"), mode: 0o600)
            #expect(folder.mode(of: "state.json") == 0o600)
        }
    }

    @Test func `a write that the system cuts off leaves the old file and nothing beside it`() async {
        // In a process of its own: so does the limit.
        await #expect(processExitsWith: .success) {
            let folder = try ScratchFolder()
            let path = folder("a.prom")
            try AtomicFile.write(Array("old\n".utf8), to: path, mode: 0o644)
            try limitFileSize(to: 4_096)
            try AtomicFile.write([UInt8](repeating: 0, count: 4_096), to: folder("fits"), mode: 0o644)
            #expect(throws: FileError(operation: .write, path: path, code: EFBIG)) {
                try AtomicFile.write([UInt8](repeating: 0, count: 4_097), to: path, mode: 0o644)
            }
            #expect(try File.read(path, limit: 64) == Array("old\n".utf8))
            #expect(folder.names == ["a.prom", "fits"])
        }
    }

    @Test func `a folder in the file's place is an error and nothing is left beside it`() throws {
        try #require(mkdir(folder("taken"), 0o700) == 0)
        #expect(throws: FileError(operation: .rename, path: folder("taken"), code: EISDIR)) {
            try AtomicFile.write([1], to: folder("taken"), mode: 0o644)
        }
        #expect(folder.names == ["taken"])
    }

    @Test func `a missing folder is named as the reason`() {
        let path = folder("missing/a.prom")
        #expect(throws: FileError(operation: .openFolder, path: path, code: ENOENT)) {
            try AtomicFile.write([1], to: path, mode: 0o644)
        }
    }

    @Test func `a path with a NUL is refused and not cut there`() {
        let path = folder("a\0.prom")
        #expect(throws: FileError(operation: .create, path: path, code: EINVAL)) {
            try AtomicFile.write([1], to: path, mode: 0o644)
        }
        #expect(folder.names == [])
    }

    private func text(_ name: String) throws -> String {
        String(decoding: try File.read(folder(name), limit: 1_024), as: UTF8.self)
    }
}
