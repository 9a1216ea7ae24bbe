/// Why a password file gave no password.
package struct PasswordFileError: Error, Hashable, Sendable {
    package let path: String
    package let reason: Reason

    package init(path: String, reason: Reason) {
        self.path = path
        self.reason = reason
    }

    /// What is wrong with the file.
    package enum Reason: Hashable, Sendable {
        case unreadable(FileFailure)
        case empty
        case tooLong
        case containsNUL
        case notUTF8
    }
}

extension PasswordFileError: CustomStringConvertible {
    package var description: String {
        switch reason {
        case .unreadable(let failure): "cannot read the password file \(path): \(failure)"
        case .empty: "the password file \(path) is empty; write the password into it"
        case .tooLong: "the password file \(path) is longer than \(PasswordFile.limit) bytes"
        case .containsNUL: "the password file \(path) has a NUL byte in it"
        case .notUTF8: "the password file \(path) is not UTF-8"
        }
    }
}
