/// Resolves the paths of other files that the configuration names.
struct ReferencedPaths {
    /// The folder of the main file; every file of `conf.d` counts from there too.
    let configurationFolder: String
    /// `$CREDENTIALS_DIRECTORY`, where systemd puts what `LoadCredential=` names.
    ///
    /// Nil when it is not set. Source: systemd.exec(5).
    let credentialsFolder: String?
    let surroundings: Surroundings

    /// `path` as it is when absolute, else below the configuration's folder.
    func besideConfiguration(_ path: String) -> String { Self.path(path, in: configurationFolder) }

    /// Reads the key `password_file` and checks that the file is there and not open to others.
    func passwordFile(_ reader: inout SectionReader) -> String? {
        let key = "password_file"
        guard let written = reader.string(key) else { return nil }
        let path = Self.path(written, in: credentialsFolder ?? configurationFolder)
        let mode: UInt32
        do throws(FileFailure) {
            mode = try surroundings.fileMode(path)
        } catch {
            reader.report(key, "cannot open \(path): \(error)")
            return nil
        }
        // systemd guards its folder itself; the modes in it can look more open than they are.
        guard mode & 0o007 == 0 || isCredential(path) else {
            let octal = String(mode & 0o7777, radix: 8)
            let padded = String(repeating: "0", count: max(0, 4 - octal.count)) + octal
            reader.report(key, "\(path) is open to others (mode \(padded)); run: chmod o= \(path)")
            return nil
        }
        return path
    }

    private func isCredential(_ path: String) -> Bool {
        credentialsFolder.map { PasswordFile.isCredential(path, inFolder: $0) } ?? false
    }

    static func path(_ path: String, in folder: String) -> String {
        if path.hasPrefix("/") {
            return path
        }
        return folder.hasSuffix("/") ? folder + path : "\(folder)/\(path)"
    }
}
