import Configuration
import Glibc
import Testing

@Suite struct MergeTests {
    private func server(_ name: String) -> String {
        "[[server]]\nname = \"\(name)\"\nhost = \"\(name).example.com\"\nuser = \"watch\"\n"
    }

    private func files(_ main: String, _ others: [String: String]) -> FakeFiles {
        var files = FakeFiles(main)
        for (name, text) in others {
            files.texts["/etc/hostcached/conf.d/\(name)"] = text
        }
        return files
    }

    @Test func `servers come in the order of the files' names`() throws {
        let files = files(
            "mode = \"observe\"\n" + server("main"),
            [
                "20.toml": server("twenty"), "10.toml": server("ten") + server("eleven"),
                "9.toml": server("nine"),
                ".hidden.toml": "broken", "notes.txt": "broken", "x.toml~": "broken",
            ]
        )
        #expect(try files.load().servers.map(\.name) == ["main", "ten", "eleven", "twenty", "nine"])
    }

    @Test func `keys come from any file`() throws {
        let files = files(
            server("a"),
            [
                "1.toml": "mode = \"enforce\"\n[defaults]\nmax_connect_errors = 7",
                "2.toml": "[defaults]\nraise_with = \"never\"\n[metrics]\nfile = \"/x.prom\"",
            ]
        )
        let configuration = try files.load()
        #expect(configuration.mode == .enforce)
        #expect(configuration.metricsFile == "/x.prom")
        #expect(configuration.servers.map(\.maxConnectErrors) == [7])
        #expect(configuration.servers.map(\.raiseWith) == [.never])
    }

    @Test func `a server's own key wins over the defaults`() throws {
        let files = files(
            "mode = \"observe\"\n" + server("a") + "flush_at = 0.3\n" + server("b"),
            ["1.toml": "[defaults]\nflush_at = 0.4\nuser = \"other\""]
        )
        let servers = try files.load().servers
        #expect(servers.map(\.flushAt.thousandths) == [300, 400])
        #expect(servers.map(\.user) == ["watch", "watch"])
    }

    @Test func `a key set twice names both places`() {
        let files = files(
            "mode = \"observe\"\nmetrics.file = \"/a.prom\"\n" + server("a"),
            [
                "1.toml": "mode = \"observe\"\n[defaults]\nflush_at = 0.4",
                "2.toml": "[defaults]\n\nflush_at = 0.4\n[metrics]\nfile = \"/b.prom\"",
            ]
        )
        #expect(
            files.problems() == [
                "conf.d/1.toml:1: mode: is already set at hostcached.toml:1; set it in one place",
                "conf.d/2.toml:3: defaults.flush_at: is already set at conf.d/1.toml:3; set it in one place",
                "conf.d/2.toml:5: metrics.file: is already set at hostcached.toml:2; set it in one place",
            ]
        )
    }

    @Test func `names are unique over all files`() {
        let files = files("mode = \"observe\"\n" + server("a"), ["1.toml": "\n" + server("a")])
        #expect(
            files.problems() == [
                "conf.d/1.toml:3: server \"a\": name: \"a\" is already the name of the server at hostcached.toml:3",
                "conf.d/1.toml:4: server \"a\": host: a.example.com:3306 is already watched by the server at "
                    + "hostcached.toml:4; list it once",
            ]
        )
    }

    @Test func `a broken file hides no problem of the others and invents none`() {
        let files = files(
            "mode = \n",
            ["1.toml": "log_level = 5", "2.toml": "[[server]]\nname = \"x\"\nhost = \"x\"\nuser = \"u\nx"]
        )
        #expect(
            files.problems() == [
                "hostcached.toml:1: not TOML: while parsing key-value pair: expected value, saw '\\n' (column 8)",
                "conf.d/1.toml:1: log_level: must be a string, not an integer",
                "conf.d/2.toml:4: not TOML: while parsing string: unescaped control characters "
                    + "other than TAB (U+0009) are explicitly prohibited (column 10)",
            ]
        )
    }

    @Test func `what a broken file may hold is not called missing`() {
        let files = files(
            "mode = \"observe\"\n[[server]]\nname = \"a\"\nhost = \"a\"",
            ["1.toml": "[defaults"]
        )
        #expect(files.problems().map { $0.prefix { $0 != ":" } } == ["conf.d/1.toml"])
    }

    @Test func `a missing file says how to begin`() {
        #expect(
            FakeFiles().problems() == [
                "hostcached.toml: cannot read the file: no such file or directory; "
                    + "`hostcached config example` prints one to start from"
            ]
        )
    }

    @Test func `a folder that cannot be listed is a problem, a missing one is not`() {
        var files = FakeFiles(top: "mode = \"observe\"")
        #expect(files.problems() == [])
        files.folderFailures["/etc/hostcached/conf.d"] = FileFailure(code: EACCES)
        #expect(files.problems() == ["conf.d: cannot list the folder: permission denied"])
    }

    @Test func `a file that vanishes after the listing is a problem`() {
        var files = FakeFiles(top: "mode = \"observe\"")
        files.vanished = ["/etc/hostcached/conf.d/1.toml"]
        #expect(files.problems() == ["conf.d/1.toml: cannot read the file: no such file or directory"])
    }
}
