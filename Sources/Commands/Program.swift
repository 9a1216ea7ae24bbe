import ArgumentParser

/// The program: what the executable calls.
package enum Program {
    /// Parses the process's arguments, runs the command they name and ends the process with its exit code.
    package static func run() async {
        await Hostcached.main()
    }
}
