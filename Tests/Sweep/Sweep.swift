import FoundationEssentials
import Glibc
import TestSupport

/// Goes through the variables of one server after the other, and says what came of those that made a difference.
struct Sweep {
    /// The variables to try; nil for all.
    private let only: [String]?
    private let documented: Set<String>
    private var tried = 0
    private var servers = 0
    private var exceptions = 0
    private var undocumented: [String] = []

    /// Sweeps servers one after the other; whether everything that made a difference is documented.
    static func run(_ kinds: [ThrowawayServer.Kind], only: [String]?) async throws -> Bool {
        var sweep = try Sweep(only: only)
        for kind in kinds {
            guard ThrowawayServer.isAvailable(kind) else {
                sweep.say("*** sweep: NO \((kind.rootName ?? kind.rawValue).uppercased()) ***")
                continue
            }
            try await sweep.run(kind)
        }
        return sweep.conclude()
    }

    /// Reads what is documented; throws where there is no document.
    private init(only: [String]?) throws {
        self.only = only
        documented = try Self.documented()
    }

    /// The names in the first column of the table of `docs/sweep.md`.
    private static func documented() throws -> Set<String> {
        let page = try String(contentsOfFile: "\(PackageFolder.path)/docs/sweep.md", encoding: .utf8)
        var names: Set<String> = []
        for line in page.split(separator: "\n") where line.hasPrefix("| `") {
            let column = line.dropFirst(2).prefix { $0 != "|" }
            names.formUnion(
                column.split(separator: "`").map(String.init).filter { !$0.hasPrefix(" ") && $0 != "," }
            )
        }
        return names
    }

    /// Sets each variable of a server to each of its values.
    private mutating func run(_ kind: ThrowawayServer.Kind) async throws {
        let server = try await SweptServer(kind)
        servers += 1
        let begin = ContinuousClock.now
        try await server.prepare()
        let before = try await Trial.take(on: server)
        guard before.isProtected else {
            fail("\(server.name): without any change: \(before)")
            await server.stop()
            return
        }
        let variables = try await server.variables().filter { only?.contains($0.name) ?? true }
        var count = 0
        for variable in variables {
            var taken = 0
            for value in variable.values where taken < variable.enough {
                guard let words = try await difference(variable, value, before, on: server) else { continue }
                count += 1
                taken += 1
                guard !words.isEmpty else { continue }
                tell(variable, value, words, on: server)
            }
        }
        tried += count
        let took = (ContinuousClock.now - begin) / .seconds(1)
        say("sweep: \(server.name): \(variables.count) variables, \(count) settings, \(Int(took)) s")
        await server.stop()
    }

    /// What is different with a value each time: empty for nothing, nil where the server does not take it.
    ///
    /// A machine with other work makes differences of its own, which do not come twice.
    private func difference(
        _ variable: SweptVariable,
        _ value: String,
        _ before: Trial,
        on server: SweptServer
    ) async throws -> String? {
        let first = try await differenceOnce(variable, value, before, on: server)
        guard let first, !first.isEmpty else { return first }
        return try await differenceOnce(variable, value, before, on: server)
    }

    private func differenceOnce(
        _ variable: SweptVariable,
        _ value: String,
        _ before: Trial,
        on server: SweptServer
    ) async throws -> String? {
        try await server.prepare()
        guard try await server.set(variable.name, to: value) else { return nil }
        var after: Trial
        do {
            after = try await Trial.take(on: server, idle: variable.idles)
        } catch {
            after = Trial(failure: "\(error)")
        }
        try await server.restore(variable)
        if after.sees(as: before) { return "" }
        return after.names(variable.name) ? "" : after.difference(from: before)
    }

    private mutating func tell(
        _ variable: SweptVariable,
        _ value: String,
        _ words: String,
        on server: SweptServer
    ) {
        exceptions += 1
        let isKnown = documented.contains(variable.name)
        let line = "\(server.name): \(variable.name) = \(value): \(words)"
        isKnown ? say("sweep: \(line) (documented)") : fail(line)
    }

    private mutating func fail(_ line: String) {
        undocumented.append(line)
        say("sweep: \(line) NOT DOCUMENTED")
    }

    /// Prints the counts; whether everything that made a difference is documented.
    private func conclude() -> Bool {
        say(
            "sweep: \(servers) servers, \(tried) settings, \(exceptions) exceptions, "
                + "\(undocumented.count) of them not documented in docs/sweep.md"
        )
        return undocumented.isEmpty && servers > 0
    }

    /// Prints a line at once.
    private func say(_ line: String) {
        print(line)
        fflush(nil)
    }
}
