import ArgumentParser
import Commands
import MariaDBClient
import Secrets
import TestSupport
import Testing

struct DirectConnectionTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder("direct")
        try folder.write("hunter2\n", to: "password")
        try folder.write(
            "[client]\nhost = db.example.com\nport = 3307\nuser = watch\npassword = \"a#b\"\n",
            to: "tcp.cnf"
        )
        try folder.write(
            "[client]\nsocket = /run/mysqld.sock\nuser = watch\npassword = x\n",
            to: "socket.cnf"
        )
        for host in ["db.example.com", "localhost"] {
            try folder.write(
                "[client]\nhost = \(host)\nsocket = /run/mysqld.sock\nuser = watch\npassword = x\n",
                to: "\(host).cnf"
            )
        }
    }

    /// Parses a line in which `%` stands for the folder.
    private func parse(_ line: String) throws -> DirectConnection {
        try DirectConnection.parse(
            line.split(separator: " ").map { String($0).replacing("%", with: folder.path) }
        )
    }

    @Test(
        arguments: [
            ("--host db --user a", .tcp(host: "db", port: 3306), .verifyIdentity(caFile: nil)),
            ("--host db --user a --port 1", .tcp(host: "db", port: 1), .verifyIdentity(caFile: nil)),
            ("--host db --user a --ca /ca", .tcp(host: "db", port: 3306), .verifyIdentity(caFile: "/ca")),
            ("--host db --user a --tls disabled", .tcp(host: "db", port: 3306), .disabled),
            ("--host localhost --user a", .tcp(host: "localhost", port: 3306), .disabled),
            ("--host 127.0.0.2 --user a", .tcp(host: "127.0.0.2", port: 3306), .disabled),
            ("--host ::1 --user a", .tcp(host: "::1", port: 3306), .disabled),
            // A name that begins like an address is somewhere else.
            (
                "--host 127.example.com --user a", .tcp(host: "127.example.com", port: 3306),
                .verifyIdentity(caFile: nil)
            ),
            ("--host ::1 --user a --ca /ca", .tcp(host: "::1", port: 3306), .verifyIdentity(caFile: "/ca")),
            (
                "--host ::1 --user a --tls verify-identity", .tcp(host: "::1", port: 3306),
                .verifyIdentity(caFile: nil)
            ),
            ("--socket /s --user a", .socket(path: "/s"), .disabled),
            (
                "--defaults-file %/tcp.cnf", .tcp(host: "db.example.com", port: 3307),
                .verifyIdentity(caFile: nil)
            ),
            (
                "--defaults-file %/tcp.cnf --host ::1 --port 2", .tcp(host: "::1", port: 2), .disabled
            ),
            ("--defaults-file %/socket.cnf", .socket(path: "/run/mysqld.sock"), .disabled),
            (
                "--defaults-file %/db.example.com.cnf", .tcp(host: "db.example.com", port: 3306),
                .verifyIdentity(caFile: nil)
            ),
            ("--defaults-file %/localhost.cnf", .socket(path: "/run/mysqld.sock"), .disabled),
            ("--defaults-file %/socket.cnf --port 2", .tcp(host: "localhost", port: 2), .disabled),
            ("--defaults-file %/socket.cnf --host ::1", .tcp(host: "::1", port: 3306), .disabled),
        ] as [(String, Endpoint.Address, Endpoint.TLS)]
    )
    func `what is given wins over the option file, and only this machine goes without TLS`(
        _ line: String,
        _ address: Endpoint.Address,
        _ tls: Endpoint.TLS
    ) throws {
        #expect(
            try parse(line).endpoint()
                == Endpoint(
                    address: address,
                    tls: tls,
                    sourceAddress: nil,
                    connectTimeout: .seconds(10),
                    queryTimeout: .seconds(10)
                )
        )
    }

    @Test func `the timeout bounds connect and statements`() throws {
        let endpoint = try parse("--host db --user a --timeout 1500ms").endpoint()
        #expect(endpoint.connectTimeout == .milliseconds(1500))
        #expect(endpoint.queryTimeout == .milliseconds(1500))
    }

    @Test(
        arguments: [
            ("--host db --user a --password-file %/password", "a", "hunter2"),
            ("--defaults-file %/tcp.cnf", "watch", "a#b"),
            ("--defaults-file %/tcp.cnf --user b --password-file %/password", "b", "hunter2"),
        ] as [(String, String, String)]
    )
    func `user and password come from where they are given`(
        _ line: String,
        _ user: String,
        _ password: String
    ) throws {
        let login = try parse(line).login()
        #expect(login.user == user)
        #expect(login.password?.reveal() == password)
    }

    @Test(
        arguments: [
            (
                "--host db --user a --password-file %/none",
                "--password-file: cannot read the password file %/none: no such file or directory"
            ),
            ("--defaults-file %/none", "--defaults-file %/none: no such file or directory"),
            ("--defaults-file %/nobody.cnf", "--user is missing, and %/nobody.cnf has none"),
        ] as [(String, String)]
    )
    func `a file that is of no use is a usage error, not a verdict`(_ line: String, _ message: String) throws
    {
        try folder.write("[client]\nhost=db\n", to: "nobody.cnf")
        let direct = try parse(line)
        let error = #expect(throws: ValidationError.self) { try direct.login() }
        #expect(error?.message == message.replacing("%", with: folder.path))
        #expect(error.map { DirectConnection.exitCode(for: $0) } == .validationFailure)
    }

    @Test(arguments: ["0", "65536", "-1", "mysql", ""])
    func `a port in the option file that is none is not replaced in silence`(port: String) throws {
        try folder.write("[client]\nuser=a\nport=\(port)\n", to: "port.cnf")
        let direct = try parse("--defaults-file %/port.cnf")
        let error = #expect(throws: ValidationError.self) { try direct.endpoint() }
        #expect(error?.message == "\(folder.path)/port.cnf: port is \"\(port)\", not 1 to 65535")
    }
}
