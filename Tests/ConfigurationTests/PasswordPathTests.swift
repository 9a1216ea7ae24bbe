import Configuration
import Glibc
import Testing

@Suite struct PasswordPathTests {
    private func files(_ path: String, at resolved: String, mode: UInt32 = 0o600) -> FakeFiles {
        var files = FakeFiles(server: "password_file = \"\(path)\"")
        files.modes = [resolved: mode]
        return files
    }

    @Test(
        arguments: [
            ("/srv/pw", nil, "/srv/pw"), ("/srv/pw", "/run/cred", "/srv/pw"),
            ("pw", nil, "/etc/hostcached/pw"), ("pw", "", "/etc/hostcached/pw"),
            ("pw", "/run/cred", "/run/cred/pw"), ("pw", "/run/cred/", "/run/cred/pw"),
        ] as [(String, String?, String)]
    )
    func `resolves a path`(_ path: String, _ credentials: String?, _ resolved: String) throws {
        var files = files(path, at: resolved)
        files.environment["CREDENTIALS_DIRECTORY"] = credentials
        #expect(try files.load().servers.map(\.passwordFile) == [resolved])
    }

    @Test(arguments: [0o000, 0o400, 0o640, 0o770, 0o660] as [UInt32])
    func `owner and group may do anything`(_ mode: UInt32) {
        #expect(files("/pw", at: "/pw", mode: mode).problems() == [])
    }

    @Test(arguments: [(0o601, "0601"), (0o602, "0602"), (0o604, "0604"), (0o4777, "4777"), (0o7, "0007")])
    func `others may do nothing`(_ mode: Int, _ text: String) {
        #expect(
            files("/pw", at: "/pw", mode: UInt32(mode)).problems() == [
                "hostcached.toml:6: server \"orders\": password_file: /pw is open to others (mode \(text)); "
                    + "run: chmod o= /pw"
            ]
        )
    }

    @Test(
        arguments: [
            ("pw", "/run/cred/pw", true), ("/run/cred/pw", "/run/cred/pw", true),
            ("/run/credible/pw", "/run/credible/pw", false), ("../pw", "/run/cred/../pw", false),
            ("/run/cred/../pw", "/run/cred/../pw", false), ("/pw", "/pw", false),
        ]
    )
    func `modes below the credentials directory are systemd's business`(
        _ path: String,
        _ resolved: String,
        _ isExempt: Bool
    ) {
        var files = files(path, at: resolved, mode: 0o444)
        files.environment["CREDENTIALS_DIRECTORY"] = "/run/cred"
        #expect(files.problems().isEmpty == isExempt)
    }

    @Test func `a file that cannot be opened is a problem`() {
        var files = files("/pw", at: "/other")
        #expect(
            files.problems() == [
                "hostcached.toml:6: server \"orders\": password_file: cannot open /pw: no such file or directory"
            ]
        )
        files.environment["CREDENTIALS_DIRECTORY"] = "/run/cred"
        #expect(files.problems().count == 1)
    }

    @Test func `a configuration in the current folder has its files there too`() throws {
        var files = files("pw", at: "./pw")
        files.texts["test.toml"] = files.texts[FakeFiles.main]
        #expect(try files.load("test.toml").servers.map(\.passwordFile) == ["./pw"])
        files.texts["/test.toml"] = files.texts[FakeFiles.main]
        files.modes = ["/pw": 0o600]
        #expect(try files.load("/test.toml").servers.map(\.passwordFile) == ["/pw"])
    }
}
