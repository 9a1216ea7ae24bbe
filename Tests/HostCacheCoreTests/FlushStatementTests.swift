import HostCacheCore
import TestSamples
import Testing

@Suite struct FlushStatementTests {
    @Test(
        arguments: [
            (.mariadb, true, [.flush, .truncate]),
            (.mariadb, false, [.flush]),
            (.mysql(5, 7, 44), true, [.truncate, .flush]),
            (.mysql(5, 7, 44), false, [.flush]),
            (.mysql(8, 0, 43), true, [.truncate, .flush]),
            (.mysql(8, 0, 43), false, [.flush]),
            (.mysql(8, 0, 44), true, [.truncate, .flush]),
            (.mysql(8, 0, 44), false, [.truncate, .flush]),
            (.mysql(8, 2, 99), true, [.truncate, .flush]),
            (.mysql(8, 3, 0), true, [.truncate]),
            (.mysql(8, 3, 0), false, [.truncate]),
            (.mysql(9, 7, 4), true, [.truncate]),
            (.mysql(9, 7, 4), false, [.truncate]),
            (.mysql(26, 7, 0), false, [.truncate]),
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
            ]
        )
    }

    @Test func `the refusals are those that another statement can cure`() {
        #expect(FlushStatement.refusals == [1064, 1142, 1227, 1290])
    }
}
