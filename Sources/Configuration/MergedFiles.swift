/// The main file and `conf.d`, put together before anything is checked but their shape.
struct MergedFiles {
    private(set) var top: Section
    private(set) var metrics: Section
    private(set) var aws: Section
    private(set) var defaults: Section
    /// In the order of the files.
    private(set) var servers: [Section] = []
    private(set) var problems: [Problem] = []

    init(mainFile: String) {
        let place = Place(file: mainFile, line: nil)
        top = Section(prefix: "", place: place)
        metrics = Section(prefix: "metrics.", place: place)
        aws = Section(prefix: "aws.", place: place)
        defaults = Section(prefix: "defaults.", place: place)
    }

    /// Adds one file: its servers come after the ones before, a key that is already set is a problem.
    mutating func add(_ document: TOMLDocument, of file: String) {
        for entry in document.entries {
            switch (entry.key, entry.node.value) {
            case ("server", .array(let nodes)):
                for node in nodes {
                    addServer(node, of: file)
                }
            case ("metrics", .table(let entries)):
                metrics.merge(entries, from: file, problems: &problems)
            case ("aws", .table(let entries)):
                aws.merge(entries, from: file, problems: &problems)
            case ("defaults", .table(let entries)):
                defaults.merge(entries, from: file, problems: &problems)
            case ("server", _):
                report(entry, of: file, "must be written as [[server]], with two brackets")
            case ("metrics", _), ("aws", _), ("defaults", _):
                report(entry, of: file, "must be a table [\(entry.key)], not \(entry.node.value.kind)")
            default:
                top.merge([entry], from: file, problems: &problems)
            }
        }
    }

    private mutating func addServer(_ node: TOMLNode, of file: String) {
        let place = Place(file: file, line: node.line)
        guard case .table(let entries) = node.value else {
            problems.append(
                Problem(
                    file: file,
                    line: node.line,
                    keyPath: "server",
                    message: "must be written as [[server]], but has \(node.value.kind) in it"
                )
            )
            return
        }
        var title = "\(servers.count + 1)"
        if case .string(let name) = entries.first(where: { $0.key == "name" })?.node.value, !name.isEmpty {
            title = name.debugDescription
        }
        servers.append(Section(prefix: "server \(title): ", place: place, entries: entries))
    }

    private mutating func report(_ entry: TOMLEntry, of file: String, _ message: String) {
        problems.append(Problem(file: file, line: entry.line, keyPath: entry.key, message: message))
    }
}
