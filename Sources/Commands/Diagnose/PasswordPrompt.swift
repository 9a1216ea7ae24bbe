import ArgumentParser
import Glibc
import Secrets

/// Asks a person for a password without showing it.
enum PasswordPrompt {
    /// The password, or nil for an empty one; throws when there is nobody to ask.
    static func ask() throws -> Secret<String>? {
        guard isatty(STDIN_FILENO) == 1 else {
            throw ValidationError("no password: give --password-file FILE (or - for standard input)")
        }
        Console.message("Password:")
        var before = termios()
        tcgetattr(STDIN_FILENO, &before)
        var silent = before
        silent.c_lflag &= ~tcflag_t(ECHO)
        tcsetattr(STDIN_FILENO, TCSAFLUSH, &silent)
        defer { tcsetattr(STDIN_FILENO, TCSAFLUSH, &before) }
        let answer = readLine(strippingNewline: true) ?? ""
        return answer.isEmpty ? nil : Secret(answer)
    }
}
