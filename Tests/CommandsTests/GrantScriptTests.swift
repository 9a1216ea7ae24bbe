import Commands
import Configuration
import HostCacheCore
import TestSamples
import TestSupport
import Testing

@Suite struct GrantScriptTests {
    @Test(arguments: Flavour.allCases)
    func `without a configuration it is the file of the package`(flavour: Flavour) {
        let script = GrantScript(GrantWish(user: "hostcached"), flavour: flavour, version: nil)
        let file = TextFile.read("\(PackageFolder.path)/config/grants/\(flavour.rawValue).sql")
        #expect(script.description == file)
    }

    /// The statements of a script that are not commented out.
    private func statements(
        _ version: ServerVersion,
        _ change: (inout GrantWish) -> Void = { _ in }
    ) -> [String] {
        var wish = GrantWish(user: "w")
        change(&wish)
        return GrantScript(wish, flavour: version.flavour, version: version).description
            .split(separator: "\n").filter { !$0.hasPrefix("--") }.map(String.init)
    }

    private let see = "GRANT SELECT ON performance_schema.host_cache TO 'w'@'%';"
    private let drop = "GRANT DROP ON performance_schema.host_cache TO 'w'@'%';"
    private let reload = "GRANT RELOAD ON *.* TO 'w'@'%';"

    @Test func `it fits flavour and version`() {
        let admin = "GRANT SYSTEM_VARIABLES_ADMIN ON *.* TO 'w'@'%';"
        let connection = "GRANT CONNECTION ADMIN ON *.* TO 'w'@'%';"
        let superuser = "GRANT SUPER ON *.* TO 'w'@'%';"
        let mysql57 = ServerVersion(flavour: .mysql, major: 5, minor: 7, patch: 44)
        let mariadb104 = ServerVersion(flavour: .mariadb, major: 10, minor: 4, patch: 34)
        #expect(statements(.mysql97) == [see, admin])
        #expect(statements(.mysql80) == [see, admin])
        #expect(statements(mysql57) == [see, superuser])
        #expect(statements(.mariadb) == [see, reload, connection])
        #expect(statements(mariadb104) == [see, reload, superuser])
    }

    @Test func `it holds what actions, raise_with and flush_with ask for`() {
        let observer = { (wish: inout GrantWish) in
            wish.flushes = false
            wish.raises = false
        }
        #expect(statements(.mysql97, observer) == [see])
        let flush = { (statement: FlushStatement) in
            { (wish: inout GrantWish) in
                wish.raises = false
                wish.flushWith = statement
            }
        }
        #expect(statements(.mariadb, flush(.truncate)) == [see, drop, reload])
        #expect(statements(.mysql80, flush(.flush)) == [see, reload, drop])
        #expect(statements(.mysql97, flush(.flush)) == [see, drop])
        #expect(
            statements(.mysql97, flush(.resize)) == [
                see, "GRANT SYSTEM_VARIABLES_ADMIN ON *.* TO 'w'@'%';", drop,
            ]
        )
        #expect(statements(.mysql97) { $0.raises = false } == [see, drop])
    }

    @Test func `servers that ask the same of one user get one script`() throws {
        let servers = try DaemonConfiguration.sample(
            """
            mode = "observe"

            [defaults]
            user = "watch"

            [[server]]
            name = "orders"
            host = "orders"

            [[server]]
            name = "billing"
            host = "billing"
            raise_with = "never"

            [[server]]
            name = "stock"
            host = "stock"
            """
        ).servers
        let wishes = GrantWish.all(of: servers)
        #expect(wishes.map(\.servers) == [["orders", "stock"], ["billing"]])
        #expect(wishes.map(\.raises) == [true, false])
        let script = GrantScript(wishes[0], flavour: .mysql, version: nil).description
        let head = script.prefix { $0 != "\n" }
        #expect(
            head == "-- The account of hostcached on MySQL 8.0 and later (orders, stock). "
                + "Run it as an administrator, on every server."
        )
    }
}
