import HostCacheCore
import TestSamples
import Testing

/// What lines of `SHOW GRANTS` mean; taken from MariaDB 10.11.19 and MySQL 9.7.4 unless said otherwise.
@Suite struct PrivilegesTests {
    /// The answers for see, truncate, flush and raise, in that order.
    private func answers(_ grants: [String], _ version: ServerVersion = .mysql97) -> [Bool?] {
        let privileges = Privileges(grants: grants, account: nil, version: version)
        return [
            privileges.maySee, privileges.mayTruncate, privileges.mayFlush, privileges.mayRaise,
        ]
    }

    private static let mariadb104 = ServerVersion(flavour: .mariadb, major: 10, minor: 4, patch: 34)
    private static let mariadb1051 = ServerVersion(flavour: .mariadb, major: 10, minor: 5, patch: 1)
    private static let mariadb1052 = ServerVersion(flavour: .mariadb, major: 10, minor: 5, patch: 2)
    private static let mariadb114 = ServerVersion(flavour: .mariadb, major: 11, minor: 4, patch: 5)
    private static let mariadb118 = ServerVersion(flavour: .mariadb, major: 11, minor: 8, patch: 6)

    @Test func `the accounts of config/grants may do all they were made for`() {
        let mysql = [
            "GRANT USAGE ON *.* TO `hostcached`@`%`",
            "GRANT SYSTEM_VARIABLES_ADMIN ON *.* TO `hostcached`@`%`",
            "GRANT SELECT, DROP ON `performance_schema`.`host_cache` TO `hostcached`@`%`",
        ]
        #expect(answers(mysql) == [true, true, false, true])
        let mariadb = [
            "GRANT RELOAD, CONNECTION ADMIN ON *.* TO `hostcached`@`%` IDENTIFIED BY PASSWORD '*667F'",
            "GRANT SELECT ON `performance_schema`.`host_cache` TO `hostcached`@`%`",
        ]
        #expect(answers(mariadb, .mariadb) == [true, false, true, true])
    }

    @Test func `an administrator may do everything`() {
        let mariadb = [
            "GRANT ALL PRIVILEGES ON *.* TO `root`@`localhost` WITH GRANT OPTION",
            "GRANT PROXY ON ``@`%` TO `root`@`localhost` WITH GRANT OPTION",
        ]
        #expect(answers(mariadb, Self.mariadb118) == [true, true, true, true])
        let mysql = [
            "GRANT SELECT, DROP, RELOAD, SUPER, CREATE ROLE ON *.* TO `root`@`localhost` WITH GRANT OPTION",
            "GRANT ALLOW_NONEXISTENT_DEFINER,SYSTEM_VARIABLES_ADMIN ON *.* TO `root`@`localhost`",
        ]
        #expect(answers(mysql) == [true, true, true, true])
        // MySQL 5.7 quotes accounts with single quotes.
        #expect(
            answers(["GRANT ALL PRIVILEGES ON *.* TO 'root'@'localhost'"], .mysql(5, 7, 44))
                == [true, true, true, true]
        )
    }

    @Test func `an account without anything is known to lack everything`() {
        #expect(answers(["GRANT USAGE ON *.* TO `a`@`%`"]) == [false, false, false, false])
    }

    @Test(
        arguments: [
            (.mysql(5, 7, 44), "SUPER", true), (.mysql(5, 7, 44), "SYSTEM_VARIABLES_ADMIN", false),
            (.mysql(8, 0, 0), "SYSTEM_VARIABLES_ADMIN", true), (.mysql(8, 0, 0), "SUPER", true),
            (.mysql97, "CONNECTION_ADMIN", false), (mariadb104, "SUPER", true),
            (mariadb1051, "CONNECTION ADMIN", false), (mariadb1051, "SUPER", true),
            (mariadb1052, "CONNECTION ADMIN", true), (mariadb1052, "SUPER", true),
            (.mariadb, "SUPER", true), (mariadb114, "SUPER", nil), (mariadb114, "CONNECTION ADMIN", true),
            (mariadb118, "SUPER", false), (mariadb118, "CONNECTION ADMIN", true),
            (mariadb118, "CONNECTION ADMINISTRATOR", false),
        ] as [(ServerVersion, String, Bool?)]
    )
    func `what raises depends on flavour and version`(
        version: ServerVersion,
        privilege: String,
        raises: Bool?
    ) {
        #expect(answers(["GRANT \(privilege) ON *.* TO `a`@`%`"], version) == [false, false, false, raises])
    }

    @Test func `FLUSH_ privileges of MySQL do not flush the host cache`() {
        let line =
            "GRANT FLUSH_OPTIMIZER_COSTS,FLUSH_STATUS,FLUSH_TABLES,FLUSH_USER_RESOURCES ON *.* TO `a`@`%`"
        #expect(answers([line]) == [false, false, false, false])
    }

    @Test func `roles count with the lines of their own, and none without`() {
        let active = [
            "GRANT `r1` TO `a`@`%`", "GRANT USAGE ON *.* TO `a`@`%`", "GRANT `r2` TO `r1`",
            "GRANT USAGE ON *.* TO `r1`", "GRANT SELECT ON `performance_schema`.`host_cache` TO `r1`",
            "GRANT RELOAD ON *.* TO `r2`", "SET DEFAULT ROLE `r1` FOR `a`@`%`",
        ]
        #expect(answers(active, .mariadb) == [true, false, true, false])
        let inactive = ["GRANT USAGE ON *.* TO `a`@`%`", "GRANT `r1`@`%`,`r2`@`%` TO `a`@`%`"]
        #expect(answers(inactive) == [false, false, false, false])
        #expect(Privileges(grants: inactive, account: nil, version: .mysql97).hasRoles)
        #expect(!Privileges(grants: [inactive[0]], account: nil, version: .mysql97).hasRoles)
        // MariaDB before 10.5 does not quote roles.
        #expect(
            answers(["GRANT r1 TO 'a'@'%' WITH ADMIN OPTION"], Self.mariadb104).allSatisfy { $0 == false }
        )
    }

    @Test func `PUBLIC's privileges are everybody's`() {
        let grants = [
            "GRANT USAGE ON *.* TO `a`@`%`", "GRANT SELECT ON `performance_schema`.`host_cache` TO PUBLIC",
        ]
        #expect(answers(grants, .mariadb) == [true, false, false, false])
    }

    @Test func `a partial revoke takes from what is global, not from what is given on the table`() {
        let revoked = [
            "GRANT SELECT, DROP, RELOAD ON *.* TO `p`@`localhost`",
            "REVOKE SELECT ON `performance_schema`.* FROM `p`@`localhost`",
        ]
        #expect(answers(revoked) == [false, true, true, false])
        let again = revoked + ["GRANT SELECT ON `performance_schema`.`host_cache` TO `p`@`localhost`"]
        #expect(answers(again) == [true, true, true, false])
        let other = [revoked[0], "REVOKE SELECT ON `mysql`.* FROM `p`@`localhost`"]
        #expect(answers(other) == [true, true, true, false])
    }

    @Test(
        arguments: [
            ("performance_schema", true, true), (#"performance\_schema"#, nil, true), ("perf%", nil, true),
            ("performance_schem_", nil, true), ("%", nil, true), ("_%schema", nil, true),
            ("performance_schema_", false, false), (#"performance%\_x"#, false, false),
            ("mysql", false, false),
            ("", false, false), (#"performance_schema\"#, false, false),
        ] as [(String, Bool?, Bool?)]
    )
    func `a database's name is a pattern on MariaDB, and may be one on MySQL`(
        name: String,
        mysql: Bool?,
        mariadb: Bool?
    ) {
        let line = "GRANT SELECT ON `\(name)`.* TO `a`@`%`"
        #expect(answers([line]).first == mysql)
        #expect(answers([line], .mariadb).first == mariadb)
    }

    @Test func `of several databases that fit, nobody knows which the server takes`() {
        let grants = [
            "GRANT SELECT ON `perf%`.* TO `w`@`localhost`",
            "GRANT DROP ON `performance_schema`.* TO `w`@`localhost`",
        ]
        #expect(answers(grants, .mariadb) == [nil, true, false, false])
    }

    @Test func `columns are not the table, and may be enough`() {
        let line = "GRANT SELECT (`host`, `ip`), INSERT, DROP ON `performance_schema`.`host_cache` TO `c`@`%`"
        #expect(answers([line]) == [nil, true, false, false])
    }

    @Test func `other tables, databases and routines give nothing`() {
        let grants = [
            "GRANT ALL PRIVILEGES ON `d`.* TO `c`@`%`", "GRANT SELECT ON `d`.`host_cache` TO `c`@`%`",
            "GRANT SELECT ON `performance_schema`.`accounts` TO `c`@`%`",
            "GRANT EXECUTE ON PROCEDURE `d`.`p` TO `c`@`%`",
            "GRANT EXECUTE ON PACKAGE BODY `d`.`p` TO `c`@`%`",
        ]
        #expect(answers(grants, .mariadb) == [false, false, false, false])
    }

    @Test func `names may hold any character, and ANSI_QUOTES changes nothing`() {
        let odd = "GRANT SELECT ON `a``b ON *.* TO x`.* TO `we'ird``\\`@`%`"
        #expect(answers([odd]) == [false, false, false, false])
        let ansi = #"GRANT SELECT ON "performance_schema"."host_cache" TO "o'b"@"%" WITH GRANT OPTION"#
        #expect(answers([ansi]) == [true, false, false, false])
    }

    @Test(
        arguments: [
            "DENY SELECT ON *.* TO `a`@`%`", "GRANT SELECT ON *.* FOR `a`@`%`", "GRANT SELECT ON",
            "GRANT SELECT ON *.* TO", "GRANT ON *.* TO `a`@`%`", "GRANT SELECT, ON *.* TO `a`@`%`",
            "GRANT SELECT ON `performance_schema TO `a`@`%`", "GRANT SELECT ON TABLESPACE `x` TO `a`@`%`", "",
            "GRANT SELECT (`ip` ON `performance_schema`.`host_cache` TO `a`@`%`", "GRANT SELECT; ON *.* TO a",
            "SET ROLE r1", "GRANT TO a",
        ]
    )
    func `with a line that is not understood, nothing is taken as missing`(line: String) {
        let known = "GRANT RELOAD ON *.* TO `a`@`%`"
        #expect(answers([known, line]) == [nil, nil, true, nil])
    }

    @Test func `no line at all says nothing`() {
        #expect(answers([]) == [nil, nil, nil, nil])
        #expect(Privileges.unknown.hasGaps(on: .mysql))
    }

    @Test func `who may see and raise lacks nothing on MySQL, and a flush on MariaDB`() {
        var privileges = Privileges()
        privileges.maySee = true
        #expect(privileges.hasGaps(on: .mysql))
        privileges.mayRaise = true
        #expect(!privileges.hasGaps(on: .mysql))
        #expect(privileges.hasGaps(on: .mariadb))
        privileges.mayFlush = true
        #expect(!privileges.hasGaps(on: .mariadb))
    }
}
