import HostCacheCore
import TestSamples
import Testing

@Suite struct RaiseStatementTests {
    @Test(
        arguments: [
            (.mariadb, .automatic, .global),
            (.mysql(5, 7, 44), .automatic, .global),
            (.mysql(8, 0, 0), .automatic, .persist),
            (.mysql(26, 7, 0), .automatic, .persist),
            (.mysql97, .global, .global),
            (.mysql97, .persist, .persist),
            (.mysql97, .never, nil),
            (.mariadb, .never, nil),
            (.mariadb, .global, .global),
            (.mariadb, .persist, nil),
            (.mysql(5, 7, 44), .persist, nil),
        ] as [(ServerVersion, Policy.RaiseWith, RaiseStatement?)]
    )
    func `the statement fits flavour, version and wish`(
        version: ServerVersion,
        wish: Policy.RaiseWith,
        statement: RaiseStatement?
    ) {
        #expect(RaiseStatement.choice(for: version, with: wish) == statement)
    }

    @Test func `the limit is written as it is`() {
        #expect(RaiseStatement.persist.sql(limit: 5000) == "SET PERSIST max_connect_errors = 5000")
        #expect(
            RaiseStatement.global.sql(limit: 4_294_967_295) == "SET GLOBAL max_connect_errors = 4294967295"
        )
    }

    @Test func `only a persisted value outlives a restart`() {
        #expect(RaiseStatement.persist.outlivesRestart)
        #expect(!RaiseStatement.global.outlivesRestart)
    }
}
