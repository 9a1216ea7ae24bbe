internal import Glibc
package import Secrets

/// A file with a password in it and nothing else.
package enum PasswordFile {
    /// The longest password, in bytes.
    package static let limit = 4096

    /// Reads the password at connect time, so that a rotated one is seen.
    ///
    /// Blocks. One newline at the end (`\n` or `\r\n`) is not part of the password; everything else is.
    package static func read(_ path: String) throws(PasswordFileError) -> Secret<String> {
        let contents: [UInt8]
        do throws(FileFailure) {
            contents = try OpenFile.open(path).contents(limit: limit + 2)
        } catch {
            throw PasswordFileError(path: path, reason: error.code == EFBIG ? .tooLong : .unreadable(error))
        }
        return try password(contents, path: path)
    }

    private static func password(
        _ contents: [UInt8],
        path: String
    ) throws(PasswordFileError) -> Secret<String> {
        var bytes = contents[...]
        if bytes.last == UInt8(ascii: "\n") {
            bytes.removeLast()
            if bytes.last == UInt8(ascii: "\r") {
                bytes.removeLast()
            }
        }
        guard !bytes.isEmpty else { throw PasswordFileError(path: path, reason: .empty) }
        guard bytes.count <= limit else { throw PasswordFileError(path: path, reason: .tooLong) }
        guard !bytes.contains(0) else { throw PasswordFileError(path: path, reason: .containsNUL) }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw PasswordFileError(path: path, reason: .notUTF8)
        }
        return Secret(text)
    }
}

extension PasswordFile {
    /// Whether systemd copied the file when it started this process, so that a rotated password needs a restart.
    ///
    /// Source: systemd.exec(5), `LoadCredential=` and `$CREDENTIALS_DIRECTORY`.
    package static func isCredential(_ path: String, in surroundings: Surroundings) -> Bool {
        surroundings.environment("CREDENTIALS_DIRECTORY").map { isCredential(path, inFolder: $0) } ?? false
    }

    /// Whether `path` lies in `folder`.
    static func isCredential(_ path: String, inFolder folder: String) -> Bool {
        let isClimbing = path.split(separator: "/").contains("..")
        return path.hasPrefix(folder.hasSuffix("/") ? folder : folder + "/") && !isClimbing
    }
}
