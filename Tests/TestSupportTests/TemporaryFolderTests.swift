import Glibc
import TestSupport
import Testing

@Suite struct TemporaryFolderTests {
    @Test func `is there as long as somebody refers to it, and then gone with its files`() throws {
        var folder: TemporaryFolder? = try TemporaryFolder()
        let path = try #require(folder?.path)
        let file = try #require(folder?.file("a"))
        close(creat(file, 0o600))
        #expect(file == path + "/a")
        #expect(access(file, F_OK) == 0)
        folder = nil
        #expect(access(path, F_OK) == -1)
    }
}
