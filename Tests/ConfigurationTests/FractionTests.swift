import Configuration
import Testing

@Suite struct FractionTests {
    @Test func `every written thousandth is itself`() {
        for thousandths in 0...1000 {
            let digits = String(thousandths + 1000).dropFirst()
            let text = thousandths == 1000 ? "1.0" : "0.\(digits)"
            #expect(Double(text).flatMap { Fraction($0) }?.thousandths == thousandths)
        }
    }

    @Test(arguments: [-0.001, 1.001, 0.0005, 0.1234, .nan, .infinity, -.infinity, 1e300])
    func `other numbers are no fraction`(_ number: Double) {
        #expect(Fraction(number) == nil)
    }

    @Test(arguments: [(-1, nil), (0, "0.0"), (50, "0.05"), (500, "0.5"), (1000, "1.0"), (1001, nil)])
    func `thousandths are 0 to 1000`(_ thousandths: Int, _ text: String?) {
        #expect(Fraction(thousandths: thousandths)?.description == text)
    }

    @Test func `orders by size`() {
        #expect(Fraction(thousandths: 499).map { $0 < .half } == true)
        #expect(Fraction(thousandths: 500).map { $0 < .half } == false)
    }
}
