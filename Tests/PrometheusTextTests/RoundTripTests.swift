import PrometheusText
import Testing

@Suite struct RoundTripTests {
    @Test(arguments: 0..<200 as Range<UInt64>)
    func `what is rendered reads back as the same`(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let families = try MetricFamilies.random(using: &generator)
        #expect(try TextParser.parse(families.render()) == families)
    }

    @Test func `the parser refuses a file without its last newline`() throws {
        let text = try MetricFamilies([
            MetricFamily(name: "up", help: "Up.", kind: .gauge, samples: [Sample(labels: [:], value: 1)])
        ]).render()
        #expect(throws: TextParser.Unexpected.self) { try TextParser.parse(String(text.dropLast())) }
    }
}
