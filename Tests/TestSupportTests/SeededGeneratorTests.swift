import TestSupport
import Testing

@Suite struct SeededGeneratorTests {
    @Test func `gives the published numbers of SplitMix64`() {
        // The first outputs for this seed at rosettacode.org/wiki/Pseudo-random_numbers/Splitmix64.
        var generator = SeededGenerator(seed: 1_234_567)
        let numbers = (0..<5).map { _ in generator.next() }
        #expect(
            numbers == [
                6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423,
                4_593_380_528_125_082_431, 16_408_922_859_458_223_821,
            ]
        )
    }

    @Test func `gives other numbers for another seed`() {
        var generator = SeededGenerator(seed: 0)
        #expect(generator.next() == 0xe220_a839_7b1d_cdaf)
    }
}
