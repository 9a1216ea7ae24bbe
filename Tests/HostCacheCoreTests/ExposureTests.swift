import HostCacheCore
import TestSamples
import Testing

@Suite struct ExposureTests {
    @Test(
        arguments: [
            (.sample(skipNameResolve: true), false, .cannotBlock(.skipNameResolve)),
            (.sample(skipNameResolve: true, hostCacheSize: 0), false, .cannotBlock(.skipNameResolve)),
            (.sample(hostCacheSize: 0), false, .cannotBlock(.hostCacheSizeZero)),
            (.sample(hostCacheSize: 1), false, .visible),
            (
                .sample(.mariadb, performanceSchema: false, skipNameResolve: true), false,
                .cannotBlock(.skipNameResolve)
            ),
            (
                .sample(.mariadb, performanceSchema: false, hostCacheSize: 0), false,
                .cannotBlock(.hostCacheSizeZero)
            ),
            (.sample(.mariadb, performanceSchema: false), false, .blind),
            (.sample(.mariadb, performanceSchema: true), false, .visible),
            (.sample(.mysql(5, 7, 44), performanceSchema: false), false, .blind),
            (.sample(.mysql(5, 7, 44), performanceSchema: true), false, .visible),
            (.sample(.mysql(8, 0, 43), performanceSchema: false), false, .blind),
            (.sample(.mysql(8, 0, 44), performanceSchema: false), false, .visible),
            (.sample(.mysql(9, 7, 4), performanceSchema: false), false, .visible),
            (.sample(.mysql(26, 7, 0), performanceSchema: false), false, .visible),
            // A MariaDB number above 8.0.44 proves nothing; a row does.
            (.sample(.mysql(8, 0, 43), performanceSchema: false), true, .visible),
            (.sample(.mariadb, performanceSchema: false), true, .visible),
        ] as [(ServerSettings, Bool, Exposure)]
    )
    func `the exposure follows from the settings and the rows`(
        settings: ServerSettings,
        hasRows: Bool,
        exposure: Exposure
    ) {
        #expect(Exposure(settings: settings, hasRows: hasRows) == exposure)
        let rows = hasRows ? [HostCacheRow.sample()] : []
        #expect(Observation.sample(at: 0, rows, settings: settings).exposure == exposure)
    }
}
