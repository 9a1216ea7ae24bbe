/// Takes typed values out of a section and collects what is wrong with them.
///
/// A reading method gives nil when the key is missing and when its value is a problem; ``has(_:)`` tells
/// the two apart. A key that nothing asked for is unknown.
struct SectionReader {
    let section: Section
    private(set) var problems: [Problem] = []
    /// What has been asked for so far.
    private(set) var known: Set<String> = []

    init(_ section: Section) {
        self.section = section
    }

    func has(_ key: String) -> Bool { section.settings[key] != nil }

    /// The value of `key`, which is known from now on.
    mutating func setting(_ key: String) -> Setting? {
        known.insert(key)
        return section.settings[key]
    }

    /// Reports `message` about a key, at its own place or else at the section's.
    mutating func report(_ key: String, _ message: String) {
        let place = section.settings[key]?.place ?? section.place
        problems.append(
            Problem(
                file: place.file,
                line: place.line,
                keyPath: section.prefix + Self.printable(key),
                message: message
            )
        )
    }

    /// Takes over what a reader of a table inside this one has found.
    mutating func include(_ inner: [Problem]) {
        problems += inner
    }

    /// Reports each of `keys` that is there.
    mutating func refuse(_ keys: [String], _ message: String) {
        for key in keys where has(key) {
            known.insert(key)
            report(key, message)
        }
    }

    /// Reports every key that nothing asked for, so it comes last.
    mutating func refuseUnknownKeys() {
        let candidates = known.sorted()
        for key in section.settings.keys.sorted() where !known.contains(key) {
            let suggestion = KeySuggestion.nearest(to: key, among: candidates)
            report(key, "unknown key" + (suggestion.map { ", did you mean \($0)?" } ?? ""))
        }
    }

    /// A bare key as it is, any other in quotes as TOML has it: a quoted key can have a newline in it.
    private static func printable(_ key: String) -> String {
        let isBare = key.unicodeScalars.allSatisfy { scalar in
            scalar.isASCII
                && (scalar.properties.isAlphabetic || "0123456789-_".unicodeScalars.contains(scalar))
        }
        return isBare && !key.isEmpty ? key : key.debugDescription
    }
}
