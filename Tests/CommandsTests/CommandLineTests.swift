import Commands
import Testing

struct CommandLineTests {
    @Test func `every command there is has help, and the help says its exit codes`() {
        #expect(
            Program.help.map(\.command) == [
                "hostcached", "hostcached run", "hostcached diagnose", "hostcached window",
                "hostcached grants", "hostcached config", "hostcached config check",
                "hostcached config example",
            ]
        )
        #expect(Program.help.filter { !$0.text.contains("Exit code") }.map(\.command) == [])
    }

    @Test(arguments: [
        ["window", "--max-connect-errors", "1", "--interval", "1s", "--errors-per-check", "1"],
        ["window", "--max-connect-errors", "18446744073709551615", "--interval", "1h"],
        ["window", "--health-check-interval", "300s", "--errors-per-health-check", "1000", "--json"],
        ["run", "-c", "/tmp/x.toml"], ["run", "--log-format", "json", "--log-level", "trace"],
        ["run", "--log-format=text", "--log-level=critical"],
        ["diagnose", "--server", "orders", "--server", "billing"],
        ["diagnose", "--host", "db", "--user", "watch", "--port", "65535", "--timeout", "60s"],
        ["diagnose", "--socket", "/run/mysqld.sock", "--user", "watch", "--show-sql", "--no-color"],
        ["grants", "--flavour", "mysql", "--server-version", "5.7.44", "--server", "orders"],
        ["grants", "--user", "watch", "--flavour", "mariadb", "--server-version", "10.11.19-MariaDB-log"],
        ["diagnose", "--defaults-file", "/root/.my.cnf"], ["config", "check"], ["config", "example"],
    ])
    func `these command lines are understood`(arguments: [String]) {
        #expect(Program.answer(to: arguments)?.text == nil)
    }

    @Test(
        arguments: [
            (
                "window --max-connect-errors 0",
                "--max-connect-errors is 0, but the server's smallest limit is 1"
            ),
            ("grants --user a --server b", "--server is for the configuration; it does not go with --user"),
            ("grants --server-version 8.0.44", "--server-version needs --flavour"),
            (
                "grants --flavour mysql --server-version 10.11.19-MariaDB",
                "--server-version 10.11.19-MariaDB is no version (examples: 8.0.44, 10.11.19)"
            ),
            (
                "grants --flavour mariadb --server-version 11",
                "--server-version 11 is no version (examples: 8.0.44, 10.11.19)"
            ),
            ("window --interval 999ms", "--health-check-interval must be 1s to 1h"),
            ("window --interval 1h1s", "--health-check-interval must be 1s to 1h"),
            ("window --errors-per-check 0", "--errors-per-health-check must be 1 to 1000"),
            ("window --errors-per-check 1001", "--errors-per-health-check must be 1 to 1000"),
            (
                "diagnose --host a --socket /b --user c",
                "--host and --socket name two servers; give one of them"
            ),
            ("diagnose --host a", "--user is missing: the account to log in with"),
            (
                "diagnose --user a",
                "--user needs --host or --socket; the configuration has its own"
            ),
            ("diagnose --port 1", "--port needs --host or --socket; the configuration has its own"),
            ("diagnose --tls disabled", "--tls needs --host or --socket; the configuration has its own"),
            ("diagnose --ca /a", "--ca needs --host or --socket; the configuration has its own"),
            ("diagnose --timeout 5s", "--timeout needs --host or --socket; the configuration has its own"),
            (
                "diagnose --password-file /a",
                "--password-file needs --host or --socket; the configuration has its own"
            ),
            ("diagnose --host a --user b --port 0", "--port must be 1 to 65535"),
            ("diagnose --socket /a --user b --port 1", "--port needs --host; a socket has none"),
            ("diagnose --host a --user b --timeout 999ms", "--timeout must be 1s to 60s"),
            ("diagnose --host a --user b --timeout 61s", "--timeout must be 1s to 60s"),
            (
                "diagnose --host a --user b --tls disabled --ca /c",
                "--ca has no effect with --tls disabled; give one of them"
            ),
            (
                "diagnose --host a --user b --server c",
                "--server is for the configuration; it does not go with --host or --socket"
            ),
        ] as [(String, String)]
    )
    func `these are usage errors that say why`(_ line: String, _ message: String) throws {
        let answer = try #require(Program.answer(to: line.split(separator: " ").map { String($0) }))
        #expect(answer.exitCode == 64)
        #expect(answer.text.split(separator: "\n").first.map { String($0) } == "Error: \(message)")
    }

    @Test(arguments: [
        ["window", "--max-connect-errors", "18446744073709551616"], ["window", "--max-connect-errors=-1"],
        ["window", "--interval", "5 parsecs"], ["diagnose", "--host", "a", "--user", "b", "--port", "65536"],
        ["diagnose", "--host", "a", "--user", "b", "--tls", "verify-ca"], ["flush"], ["run", "--observe"],
        ["run", "--log-format", "xml"], ["run", "--log-level", "loud"],
    ])
    func `what no option takes is a usage error`(arguments: [String]) {
        #expect(Program.answer(to: arguments)?.exitCode == 64)
    }

    @Test func `the version has the program's name`() throws {
        let answer = try #require(Program.answer(to: ["--version"]))
        #expect(answer.exitCode == 0)
        #expect(answer.text == "hostcached 0.1.0")
    }
}
