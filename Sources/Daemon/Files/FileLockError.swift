package import Glibc

/// Why a lock was not taken.
package enum FileLockError: Error, Hashable, Sendable {
    /// Another process has it; its id is nil when the lock file does not say (it has just been made).
    case held(path: String, processID: pid_t?)
    case file(FileError)
}

extension FileLockError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .held(let path, let processID):
            "another hostcached"
                + (processID.map { " (process \($0))" } ?? "")
                + " uses this state directory and holds \(path); stop it, or give this one another "
                + "state_directory (to find it: systemctl status hostcached, or fuser \(path))"
        case .file(let error):
            "\(error)"
        }
    }
}
