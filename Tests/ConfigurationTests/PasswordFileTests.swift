import Configuration
import Glibc
import Secrets
import TestSupport
import Testing

@Suite struct PasswordFileTests {
    /// A file with `bytes` that exists while `body` runs.
    private func withFile<Result>(_ bytes: [UInt8], _ body: (String) throws -> Result) throws -> Result {
        let folder = try TemporaryFolder("password")
        let path = folder.file("password")
        let descriptor = open(path, O_WRONLY | O_CREAT, 0o600)
        try #require(descriptor >= 0)
        let written = write(descriptor, bytes, bytes.count)
        close(descriptor)
        try #require(written == bytes.count)
        return try withExtendedLifetime(folder) { try body(path) }
    }

    private func read(_ bytes: [UInt8]) throws -> Secret<String> {
        try withFile(bytes) { try PasswordFile.read($0) }
    }

    @Test(
        arguments: [
            ("hunter2", "hunter2"), ("hunter2\n", "hunter2"), ("hunter2\r\n", "hunter2"),
            ("hunter2\n\n", "hunter2\n"), ("hunter2\r\n\r\n", "hunter2\r\n"), ("hunter2\r", "hunter2\r"),
            ("a#b", "a#b"), ("\"quoted\" 'too'\n", "\"quoted\" 'too'"), (" spaces \t\n", " spaces \t"),
            ("pässwörd🔑\n", "pässwörd🔑"), ("e\u{301}\n", "e\u{301}"), ("\n\n", "\n"),
            ("\\n$(x)`\n", "\\n$(x)`"),
        ]
    )
    func `takes the file but one newline at its end`(_ content: String, _ password: String) throws {
        let revealed = try read(Array(content.utf8)).reveal()
        #expect(Array(revealed.utf8) == Array(password.utf8))
    }

    @Test(
        arguments: [
            ([], .empty), ([10], .empty), ([13, 10], .empty), ([97, 0, 98], .containsNUL),
            ([0], .containsNUL),
            ([0xff], .notUTF8),
        ] as [([UInt8], PasswordFileError.Reason)]
    )
    func `refuses what is no password`(_ bytes: [UInt8], _ reason: PasswordFileError.Reason) throws {
        try withFile(bytes) { path in
            let expected = PasswordFileError(path: path, reason: reason)
            #expect(throws: expected) { try PasswordFile.read(path) }
        }
    }

    @Test(arguments: ["", "\n", "\r\n"])
    func `takes up to 4096 bytes`(_ end: String) throws {
        let most = [UInt8](repeating: UInt8(ascii: "x"), count: 4096)
        #expect(try read(most + end.utf8).reveal().utf8.count == 4096)
        try withFile(most + [120] + end.utf8) { path in
            let expected = PasswordFileError(path: path, reason: .tooLong)
            #expect(throws: expected) { try PasswordFile.read(path) }
        }
        try withFile(most + most + end.utf8) { path in
            let expected = PasswordFileError(path: path, reason: .tooLong)
            #expect(throws: expected) { try PasswordFile.read(path) }
        }
    }

    @Test(arguments: [("/nonexistent/password", ENOENT), ("/tmp", EISDIR), ("/tmp\u{0}x", EINVAL)])
    func `says why a file cannot be read`(_ path: String, _ code: Int32) {
        let expected = PasswordFileError(path: path, reason: .unreadable(FileFailure(code: code)))
        #expect(throws: expected) { try PasswordFile.read(path) }
    }

    @Test(
        arguments: [
            (
                .unreadable(FileFailure(code: EACCES)),
                "cannot read the password file /p: permission denied"
            ),
            (.empty, "the password file /p is empty; write the password into it"),
            (.tooLong, "the password file /p is longer than 4096 bytes"),
            (.containsNUL, "the password file /p has a NUL byte in it"),
            (.notUTF8, "the password file /p is not UTF-8"),
        ] as [(PasswordFileError.Reason, String)]
    )
    func `says what is wrong`(_ reason: PasswordFileError.Reason, _ text: String) {
        #expect("\(PasswordFileError(path: "/p", reason: reason))" == text)
    }
}
