import Daemon
import Glibc
import Testing

@Suite struct FileTests {
    private let folder: ScratchFolder

    init() throws {
        folder = try ScratchFolder()
    }

    @Test(arguments: [0, 1, 65_535, 65_536, 65_537, 200_000])
    func `a file is read whole up to the limit and refused above it`(size: Int) throws {
        let path = folder("file")
        let content = (0..<size).map { UInt8(truncatingIfNeeded: $0 / 7) }
        try AtomicFile.write(content, to: path, mode: 0o600)
        #expect(try File.read(path, limit: size + 1) == content)
        #expect(try File.read(path, limit: size) == content)
        if size > 0 {
            #expect(throws: FileError(operation: .read, path: path, code: EFBIG)) {
                try File.read(path, limit: size - 1)
            }
        }
    }

    @Test func `a file of unknown size is read`() throws {
        #expect(try File.read("/proc/self/comm", limit: 64).last == UInt8(ascii: "\n"))
    }

    @Test func `an endless file ends at the limit`() {
        #expect(throws: FileError(operation: .read, path: "/dev/zero", code: EFBIG)) {
            try File.read("/dev/zero", limit: 100_000)
        }
    }

    @Test func `a missing file says so`() throws {
        let path = folder("missing")
        let error = #expect(throws: FileError.self) { try File.read(path, limit: 64) }
        #expect(error.map { "\($0)" } == "cannot open \(path): No such file or directory (errno 2)")
        #expect(error?.isMissing == true)
    }

    @Test func `a folder is not a file`() {
        #expect(throws: FileError(operation: .read, path: folder.path, code: EISDIR)) {
            try File.read(folder.path, limit: 64)
        }
    }
}
