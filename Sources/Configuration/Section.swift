/// The keys of one table, merged from one or more files.
struct Section: Sendable {
    /// What stands before a key in a key path: empty, `metrics.` or `server "orders": `.
    let prefix: String
    /// Where the table begins, or its file when it is not written anywhere.
    let place: Place
    private(set) var settings: [String: Setting] = [:]

    /// Adds `entries` of `file`; a key that is there already stays as it is and becomes a problem.
    mutating func merge(_ entries: [TOMLEntry], from file: String, problems: inout [Problem]) {
        for entry in entries {
            let place = Place(file: file, line: entry.line)
            if let first = settings[entry.key] {
                problems.append(
                    Problem(
                        file: file,
                        line: entry.line,
                        keyPath: prefix + entry.key,
                        message: "is already set at \(first.place); set it in one place"
                    )
                )
            } else {
                settings[entry.key] = Setting(place: place, value: entry.node.value)
            }
        }
    }
}

extension Section {
    /// A table inside one file; TOML itself has no key twice there.
    init(prefix: String, place: Place, entries: [TOMLEntry]) {
        self.init(prefix: prefix, place: place)
        for entry in entries {
            settings[entry.key] = Setting(
                place: Place(file: place.file, line: entry.line),
                value: entry.node.value
            )
        }
    }
}
