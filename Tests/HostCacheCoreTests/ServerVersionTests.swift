import HostCacheCore
import Testing

@Suite struct ServerVersionTests {
    @Test(
        arguments: [
            ("5.7.44-log", "", .mysql, "5.7.44"),
            ("8.0.44", "MySQL Community Server - GPL", .mysql, "8.0.44"),
            ("8.0.44-35", "Percona Server (GPL), Release 35", .mysql, "8.0.44"),
            ("8.0.36-28.1", "Percona XtraDB Cluster (GPL)", .mysql, "8.0.36"),
            ("8.0.44-aws", "Source distribution", .mysql, "8.0.44"),
            // Aurora's engine version leaves the patch out: none is taken as the lowest.
            ("8.0.mysql_aurora.3.08.0", "", .mysql, "8.0.0"),
            ("5.7.mysql_aurora.2.11.3", "", .mysql, "5.7.0"),
            ("9.7.4", "", .mysql, "9.7.4"),
            ("9.7.4-2", "(Debian)", .mysql, "9.7.4"),
            // Past 9 the number does not tell MySQL from MariaDB.
            ("26.7.0", "MySQL Community Server - GPL", .mysql, "26.7.0"),
            ("26.10.0", "", .mysql, "26.10.0"),
            ("10.11.19-MariaDB-0+deb12u1", "Debian 12", .mariadb, "10.11.19"),
            ("10.5.23-MariaDB-log", "managed by AWS", .mariadb, "10.5.23"),
            ("10.6.11-6-MariaDB-enterprise", "MariaDB Enterprise Server", .mariadb, "10.6.11"),
            ("5.5.5-10.6.1-MariaDB", "", .mariadb, "10.6.1"),
            ("5.5.5-10.6.1", "", .mariadb, "10.6.1"),
            ("11.8.6", "mariadb.org binary distribution", .mariadb, "11.8.6"),
            ("11.8.6-MARIADB", "", .mariadb, "11.8.6"),
        ] as [(String, String, Flavour, String)]
    )
    func `flavour and number are read`(
        version: String,
        comment: String,
        flavour: Flavour,
        number: String
    ) throws {
        let found = try #require(ServerVersion(version: version, comment: comment))
        #expect(found.flavour == flavour)
        #expect(found.number == number)
        #expect(found.description == "\(flavour.name) \(number)")
    }

    @Test(
        arguments: [
            "", "-", ".", "...", "8", "8.0", "8.0.", ".8.0.44", "8..0.44", "8.0.x", "8.x.44", "8.0.44x",
            "x.0.44",
            "-8.0.44", "8.0.-1", "8.0.65536", "99999999999999999999.0.1", "8,0,44", " 8.0.44", "8.0.44\n",
            "+8.0.44", "8.0.+44", "5.5.5-", "5.5.5-MariaDB", "MariaDB", "mysql_aurora.3.08.0",
            "8.mysql_aurora.3",
        ]
    )
    func `anything else is refused`(version: String) {
        #expect(ServerVersion(version: version, comment: "MySQL") == nil)
    }

    @Test(
        arguments: [
            (.mysql(8, 0, 43), false),
            (.mysql(8, 0, 44), true),
            (.mysql(8, 0, 45), true),
            (.mysql(7, 9, 99), false),
            (.mysql(8, 1, 0), true),
            (.mysql(26, 7, 0), true),
        ] as [(ServerVersion, Bool)]
    )
    func `versions are compared number by number`(version: ServerVersion, isAtLeast: Bool) {
        #expect(version.isAtLeast(8, 0, 44) == isAtLeast)
    }

    @Test(
        arguments: [
            // What the option `version` of MariaDB makes it say.
            ("8.0.36", "Debian 12", true, false, "101119.0", .mariadb, "10.11.19"),
            ("8.0.36", "", true, false, "110806.0", .mariadb, "11.8.6"),
            ("8.0.36", "", true, false, nil, .mariadb, "8.0.36"),
            ("8.0.36", "", true, false, "1.0", .mariadb, "8.0.36"),
            ("12.1.2-MariaDB", "", true, true, nil, .mariadb, "12.1.2"),
            ("8.0.44", "a mariadb of sorts", false, true, nil, .mysql, "8.0.44"),
            ("9.7.4", "MySQL Community Server - GPL", false, true, nil, .mysql, "9.7.4"),
            // Nothing tells: the words do.
            ("11.8.6", "mariadb.org binary distribution", false, false, nil, .mariadb, "11.8.6"),
            ("8.0.36", "", false, false, nil, .mysql, "8.0.36"),
        ] as [(String, String, Bool, Bool, String?, Flavour, String)]
    )
    func `what version cannot fake wins`(
        version: String,
        comment: String,
        hasMariaDBVariable: Bool,
        hasServerUUID: Bool,
        engine: String?,
        flavour: Flavour,
        number: String
    ) throws {
        let signs = ServerVersion.Signs(
            hasMariaDBVariable: hasMariaDBVariable,
            hasServerUUID: hasServerUUID,
            engineInterface: engine
        )
        let found = try #require(ServerVersion(version: version, comment: comment, signs: signs))
        #expect(found.flavour == flavour)
        #expect(found.number == number)
    }
}
