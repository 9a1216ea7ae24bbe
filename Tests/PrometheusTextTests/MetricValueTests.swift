import PrometheusText
import Testing

@Suite struct MetricValueTests {
    @Test(
        arguments: [
            (MetricValue(Int64.min), "-9223372036854775808"),
            (MetricValue(Int64.max), "9223372036854775807"),
            (MetricValue(UInt64.max), "18446744073709551615"),
            (MetricValue(9_007_199_254_740_993 as Int64), "9007199254740993"),
            (0, "0"),
            (true, "1"),
            (false, "0"),
        ] as [(MetricValue, String)]
    )
    func `integers and states are written exactly`(_ value: MetricValue, _ text: String) {
        #expect(value.text == text)
    }

    @Test(
        arguments: [
            (0, "0"),
            (-0.0, "-0"),
            (3, "3"),
            (0.1, "0.1"),
            (1.0 / 3.0, "0.3333333333333333"),
            (1_795_391_999.25, "1795391999.25"),
            (1e16, "1e+16"),
            (.leastNonzeroMagnitude, "5e-324"),
            (.greatestFiniteMagnitude, "1.7976931348623157e+308"),
            (.nan, "NaN"),
            (-.nan, "NaN"),
            (.infinity, "+Inf"),
            (-.infinity, "-Inf"),
        ] as [(Double, String)]
    )
    func `real numbers are written in their shortest form`(_ real: Double, _ text: String) {
        #expect(MetricValue(real).text == text)
    }
}
