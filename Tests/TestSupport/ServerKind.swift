import FoundationEssentials
import Glibc

extension ThrowawayServer {
    /// Which server.
    package enum Kind: String, Sendable, CustomStringConvertible {
        /// MariaDB of the distribution.
        case mariadb
        /// MariaDB 10.5 of Debian bullseye, the oldest line the project promises to serve.
        case mariadb105
        /// MariaDB 11.8 of Debian trixie.
        case mariadb118
        /// MySQL of Debian sid.
        case mysql

        /// The two that every suite runs on: one server of each flavour.
        package static let allCases: [Self] = [.mariadb, .mysql]

        /// Every server there is to test with, oldest MariaDB first; in a quick run those of ``allCases``.
        package static let matrix: [Self] =
            TestExtent.isQuick ? allCases : [.mariadb105, .mariadb, .mariadb118, .mysql]

        package var description: String { rawValue }
    }

    /// Whose server it is, which decides what SQL it understands.
    package enum Flavour: Hashable, Sendable {
        case mariadb
        case mysql
    }

    /// Whether a server of this kind is installed: `.ci/install test` and `.ci/server-roots` do that.
    package static func isAvailable(_ kind: Kind) -> Bool {
        access("\(kind.root)/usr/sbin/\(kind.program)", X_OK) == 0 && access("/usr/bin/mariadb", X_OK) == 0
    }
}

extension ThrowawayServer.Kind {
    package var flavour: ThrowawayServer.Flavour {
        switch self {
        case .mariadb, .mariadb105, .mariadb118: .mariadb
        case .mysql: .mysql
        }
    }

    /// What `.ci/server-roots` calls the root directory of its own in which the server is installed; nil for
    /// the machine's own server.
    package var rootName: String? {
        switch self {
        case .mariadb: nil
        case .mariadb105: "mariadb-10.5"
        case .mariadb118: "mariadb-11.8"
        case .mysql: "mysql-sid"
        }
    }

    /// The name of the server's program.
    var program: String {
        switch flavour {
        case .mariadb: "mariadbd"
        case .mysql: "mysqld"
        }
    }

    /// The root directory in which the server is installed, empty for the machine's own.
    var root: String {
        rootName.map { "\(PackageFolder.servers)/\($0)" } ?? ""
    }

    /// The command that runs `program` of this kind's root.
    ///
    /// Each word of it replaces itself with the next, so the process id is that of `program`. Who is not root
    /// becomes root of a user namespace of its own, since chroot(2) asks for that.
    func command(_ program: String) -> [String] {
        guard !root.isEmpty else { return [program] }
        let chroot = ["chroot", root, program]
        return geteuid() == 0 ? chroot : ["unshare", "--map-root-user"] + chroot
    }

    /// Fills `folder`/data with an empty database whose administrator is root without a password.
    func initialise(_ folder: ServerFolder) async throws {
        let command =
            switch flavour {
            case .mariadb:
                self.command("mariadb-install-db") + [
                    // --force: a machine that cannot look up its own name needs a database no less.
                    "--no-defaults", "--force",
                    "--auth-root-authentication-method=normal", "--skip-test-db",
                    "--innodb-log-file-size=4M",
                ]
            case .mysql:
                self.command(program) + [
                    "--no-defaults", "--initialize-insecure", "--innodb-redo-log-capacity=16M",
                    "--secure-file-priv=NULL",
                ]
            }
        _ = try await ChildProcess.run(
            command[0],
            Array(command.dropFirst()) + account + ["--datadir=\(folder.data)"],
            upTo: .seconds(120)
        )
    }

    /// The option that lets a server run as root, which it refuses unless told; who is not root needs none.
    private var account: [String] {
        geteuid() == 0 || !root.isEmpty ? ["--user=root"] : []
    }

    /// Options of every server: everything in its folder, small and quick rather than durable.
    ///
    /// A server killed keeps what it has committed, since the kernel has it; a machine that dies does not.
    func options(_ folder: ServerFolder, port: UInt16) -> [String] {
        let shared =
            // mysqld reads its persisted variables only without --no-defaults; an empty file does the same.
            ["--defaults-file=\(folder.optionFile)"] + account + [
                "--datadir=\(folder.data)",
                // A MariaDB that starts deletes the temporary tables of others in a folder that they share.
                "--tmpdir=\(folder.path)",
                "--socket=\(folder.socket)", "--pid-file=\(folder.path)/pid",
                "--log-error=\(folder.errorLog)",
                "--general-log=1", "--general-log-file=\(folder.generalLog)", "--bind-address=127.0.0.1",
                "--port=\(port)", "--innodb-buffer-pool-size=8M", "--innodb-doublewrite=0",
                "--innodb-flush-log-at-trx-commit=2", "--key-buffer-size=64K",
                "--secure-file-priv=\(folder.path)",
                "--performance-schema=ON", "--performance-schema-digests-size=10",
                "--performance-schema-events-statements-history-long-size=10",
                "--performance-schema-events-waits-history-long-size=10",
            ]
        switch flavour {
        case .mariadb: return shared + ["--innodb-log-file-size=4M", "--aria-pagecache-buffer-size=256K"]
        case .mysql: return shared + ["--innodb-redo-log-capacity=16M", "--mysqlx=0"]
        }
    }

    /// The accounts every server has: the daemon's with exactly the privileges it asks its users for, and a
    /// client's that may log in and do nothing else.
    var accounts: [String] {
        let watcher =
            switch flavour {
            case .mariadb:
                [
                    "GRANT SELECT ON performance_schema.host_cache TO 'hostcached'@'%'",
                    "GRANT RELOAD, CONNECTION ADMIN ON *.* TO 'hostcached'@'%'",
                ]
            case .mysql:
                [
                    "GRANT SELECT ON performance_schema.host_cache TO 'hostcached'@'%'",
                    "GRANT SYSTEM_VARIABLES_ADMIN ON *.* TO 'hostcached'@'%'",
                ]
            }
        return ["CREATE USER 'hostcached'@'%' IDENTIFIED BY 'watch'"] + watcher
            + ["CREATE USER 'app'@'%' IDENTIFIED BY 'app'"]
    }
}
