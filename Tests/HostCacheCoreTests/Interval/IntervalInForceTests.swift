import HostCacheCore
import Testing

@Suite struct IntervalInForceTests {
    /// An interval and the age of its reading in seconds; nil for a group that was never read.
    typealias Reading = (interval: Int64, age: Int64)?

    private func interval(_ readings: [Reading], assumed: Int64) -> Duration {
        IntervalInForce.of(
            readings.map { reading in
                reading.map {
                    IntervalInForce.Reading(interval: .seconds($0.interval), age: .seconds($0.age))
                }
            },
            assumed: .seconds(assumed)
        )
    }

    @Test(
        arguments: [
            ([(300, 0)], 300), ([(10, 0)], 10), ([(10, 5), (300, 5)], 10), ([(300, 5), (10, 5)], 10),
            ([(60, 0), (30, 3600), (45, 1)], 30), ([(60, 0), (30, 3601), (45, 1)], 45),
        ] as [([Reading], Int64)]
    )
    func `the shortest when every group was read`(_ readings: [Reading], _ expected: Int64) {
        #expect(interval(readings, assumed: 30) == .seconds(expected))
    }

    @Test(
        arguments: [
            ([(300, 0), nil], 300), ([nil, (10, 0)], 10), ([(300, 0), (60, 0), nil], 60),
            ([(60, 0), nil, (300, 0), nil], 60), ([(300, 0), (60, 3601)], 300), ([(300, 3601), (60, 0)], 60),
        ] as [([Reading], Int64)]
    )
    func `the shortest known when some group was not`(_ readings: [Reading], _ expected: Int64) {
        #expect(interval(readings, assumed: 30) == .seconds(expected))
    }

    @Test(
        arguments: [
            [], [nil], [nil, nil], [(300, 3601)], [(300, 3601), nil], [(300, 3601), (10, 100_000)],
        ] as [[Reading]]
    )
    func `the assumed one when none is known`(_ readings: [Reading]) {
        #expect(interval(readings, assumed: 45) == .seconds(45))
    }

    @Test(arguments: [(3599, 300), (3600, 300), (3601, 45)] as [(Int64, Int64)])
    func `a reading stands for its group for an hour`(_ age: Int64, _ expected: Int64) {
        #expect(interval([(300, age)], assumed: 45) == .seconds(expected))
    }
}
