import HostCacheCore
import TestSamples
import Testing

@Suite struct FlushStatementTests {
    @Test(
        arguments: [
            (.mariadb, true, [.flush, .truncate]),
            (.mariadb, false, [.flush]),
            (.mysql(5, 7, 44), true, [.resize, .truncate, .flush]),
            (.mysql(5, 7, 44), false, [.resize, .flush]),
            (.mysql(8, 0, 43), true, [.resize, .truncate, .flush]),
            (.mysql(8, 0, 43), false, [.resize, .flush]),
            (.mysql(8, 0, 44), true, [.resize, .truncate, .flush]),
            (.mysql(8, 0, 44), false, [.resize, .truncate, .flush]),
            (.mysql(8, 2, 99), true, [.resize, .truncate, .flush]),
            (.mysql(8, 3, 0), true, [.resize, .truncate]),
            (.mysql(8, 3, 0), false, [.resize, .truncate]),
            (.mysql(9, 7, 4), true, [.resize, .truncate]),
            (.mysql(9, 7, 4), false, [.resize, .truncate]),
            (.mysql(26, 7, 0), false, [.resize, .truncate]),
        ] as [(ServerVersion, Bool, [FlushStatement])]
    )
    func `the statements fit flavour, version and performance schema`(
        version: ServerVersion,
        performanceSchema: Bool,
        statements: [FlushStatement]
    ) {
        let settings = ServerSettings.sample(version, performanceSchema: performanceSchema)
        #expect(FlushStatement.candidates(for: settings, with: .automatic) == statements)
        for wish in FlushStatement.allCases {
            // A wish comes first where it works; where it would do nothing it is not tried at all.
            let wished = statements.contains(wish) ? [wish] + statements.filter { $0 != wish } : statements
            #expect(FlushStatement.candidates(for: settings, with: .statement(wish)) == wished)
        }
    }

    @Test func `no statement reaches the binary log`() {
        #expect(
            FlushStatement.allCases.map(\.sql) == [
                "FLUSH NO_WRITE_TO_BINLOG HOSTS", "TRUNCATE TABLE performance_schema.host_cache",
                "SET GLOBAL host_cache_size = @@global.host_cache_size",
            ]
        )
    }

    @Test func `the refusals are those that another statement can cure`() {
        #expect(FlushStatement.refusals == [1064, 1142, 1205, 1227, 1290, 1792])
    }

    @Test(
        arguments: [
            (.mariadb, [.flush]), (.mysql(8, 0, 44), [.resize, .flush]), (.mysql(8, 4, 0), [.resize]),
        ] as [(ServerVersion, [FlushStatement])]
    )
    func `a node of a cluster never gets TRUNCATE, which is replicated, even where it is asked for`(
        version: ServerVersion,
        statements: [FlushStatement]
    ) {
        var settings = ServerSettings.sample(version)
        settings.isGalera = true
        #expect(FlushStatement.candidates(for: settings, with: .automatic) == statements)
        #expect(FlushStatement.candidates(for: settings, with: .statement(.truncate)) == statements)
    }

    @Test(
        arguments: [
            (true, true, [.resize, .truncate]), (true, false, [.resize]), (false, true, [.truncate]),
            (false, false, []), (nil, nil, [.resize, .truncate]),
        ] as [(Bool?, Bool?, [FlushStatement])]
    )
    func `only what the account is not known to lack is sent`(
        raise: Bool?,
        truncate: Bool?,
        statements: [FlushStatement]
    ) {
        var seen = Observation.sample()
        seen.privileges.mayRaise = raise
        seen.privileges.mayTruncate = truncate
        #expect(FlushStatement.allowed(on: seen, with: .automatic) == statements)
    }
}
