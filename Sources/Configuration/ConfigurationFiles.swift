/// The main file and `conf.d` as they were read.
struct ConfigurationFiles {
    private let mainFile: String
    /// Every path looked at, in the order of reading.
    private(set) var names: [String]
    private(set) var merged: MergedFiles
    /// Of files that could not be read or are not TOML.
    ///
    /// With any of these, keys may only seem to be missing.
    private(set) var problems: [Problem] = []

    init(mainFile: String) {
        self.mainFile = mainFile
        names = [mainFile]
        merged = MergedFiles(mainFile: mainFile)
    }

    /// The part of `path` before its last `/`, or `.`.
    static func folder(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    mutating func read(from surroundings: Surroundings) {
        add(mainFile, surroundings, hint: "; `hostcached config example` prints one to start from")
        let folder = ReferencedPaths.path("conf.d", in: Self.folder(of: mainFile))
        let listed: [String]
        do throws(FileFailure) {
            listed = try surroundings.listFolder(folder)
        } catch {
            if !error.isMissing {
                names.append(folder)
                report(folder, nil, "cannot list the folder: \(error)")
            }
            return
        }
        for name in listed.sorted() where name.hasSuffix(".toml") && !name.hasPrefix(".") {
            names.append("\(folder)/\(name)")
            add("\(folder)/\(name)", surroundings, hint: "")
        }
    }

    private mutating func add(_ file: String, _ surroundings: Surroundings, hint: String) {
        let text: [UInt8]
        do throws(FileFailure) {
            text = try surroundings.readFile(file)
        } catch {
            report(file, nil, "cannot read the file: \(error)" + (error.isMissing ? hint : ""))
            return
        }
        do throws(TOMLSyntaxError) {
            merged.add(try TOMLDocument(parsing: text), of: file)
        } catch {
            let column = error.column.map { " (column \($0))" } ?? ""
            report(file, error.line, "not TOML: \(error.description)\(column)")
        }
    }

    private mutating func report(_ file: String, _ line: Int?, _ message: String) {
        problems.append(Problem(file: file, line: line, keyPath: "", message: message))
    }
}
