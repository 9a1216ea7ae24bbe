import Configuration
import Glibc
import TestSupport
import Testing

/// The real file system.
@Suite struct SurroundingsTests {
    let folder: TemporaryFolder
    let live = Surroundings.live

    init() throws {
        folder = try TemporaryFolder("surroundings")
    }

    private func write(_ name: String, size: Int = 3, mode: mode_t = 0o640) throws -> String {
        let path = folder.file(name)
        let descriptor = open(path, O_WRONLY | O_CREAT, mode)
        try #require(descriptor >= 0)
        // Not left to the umask.
        try #require(fchmod(descriptor, mode) == 0)
        let bytes = [UInt8](repeating: UInt8(ascii: "x"), count: size)
        let written = Glibc.write(descriptor, bytes, size)
        close(descriptor)
        try #require(written == size)
        return path
    }

    @Test func `lists a folder`() throws {
        _ = try write("b.toml")
        _ = try write("a.toml")
        #expect(try live.listFolder(folder.path).sorted() == [".", "..", "a.toml", "b.toml"])
        #expect(throws: FileFailure(code: ENOENT)) { try live.listFolder("/nonexistent") }
    }

    @Test func `reads a file up to 1 MiB`() throws {
        let path = try write("a.toml", size: 1 << 20)
        #expect(try live.readFile(path).count == 1 << 20)
        let larger = try write("b.toml", size: 1 << 20 + 1)
        #expect(throws: FileFailure(code: EFBIG)) { try live.readFile(larger) }
        #expect(throws: FileFailure(code: ENOENT)) { try live.readFile("/nonexistent") }
    }

    @Test func `gives the mode of what a link points to`() throws {
        let path = try write("a.toml", mode: 0o604)
        let link = folder.file("link")
        try #require(symlink(path, link) == 0)
        #expect(try live.fileMode(link) == 0o604)
        #expect(throws: FileFailure(code: EISDIR)) { try live.fileMode("/tmp") }
        #expect(throws: FileFailure(code: ENOENT)) { try live.fileMode("/nonexistent") }
    }

    @Test func `reads the environment`() {
        #expect(live.environment("HOSTCACHED_NOT_SET") == nil)
        #expect(live.environment("PATH")?.isEmpty == false)
    }

    @Test func `loads real files`() throws {
        let path = try write("a.toml", size: 0)
        let problem = Problem(
            file: path,
            line: nil,
            keyPath: "mode",
            message: "is missing (observe or enforce)"
        )
        let error = try #require(throws: ConfigurationError.self) {
            try ConfigurationLoader.load(path: path, surroundings: live)
        }
        #expect(error.problems.first == problem)
    }
}
