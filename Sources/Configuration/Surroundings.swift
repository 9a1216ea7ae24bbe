/// Everything outside that loading a configuration depends on.
package struct Surroundings: Sendable {
    /// The whole content of a file.
    package let readFile: @Sendable (_ path: String) throws(FileFailure) -> [UInt8]
    /// The names in a folder, in any order.
    package let listFolder: @Sendable (_ path: String) throws(FileFailure) -> [String]
    /// The permission bits of a file, links followed; fails when the file cannot be opened for reading.
    package let fileMode: @Sendable (_ path: String) throws(FileFailure) -> UInt32
    /// The value of an environment variable, nil when it is not set.
    package let environment: @Sendable (_ name: String) -> String?

    package init(
        readFile: @escaping @Sendable (_ path: String) throws(FileFailure) -> [UInt8],
        listFolder: @escaping @Sendable (_ path: String) throws(FileFailure) -> [String],
        fileMode: @escaping @Sendable (_ path: String) throws(FileFailure) -> UInt32,
        environment: @escaping @Sendable (_ name: String) -> String?
    ) {
        self.readFile = readFile
        self.listFolder = listFolder
        self.fileMode = fileMode
        self.environment = environment
    }
}
