import Commands
import Testing

struct WindowReportTests {
    @Test func `the remedy of the mission`() throws {
        let report = WindowReport(limit: 5000, interval: .seconds(300), errorsPerCheck: 6)
        #expect(
            report.text == """
                rate     6 errors every 5 min: 72 errors an hour
                window   69 h 26 min 40 s from clean to blocked, at max_connect_errors 5000
                flush    every 34 h 43 min 20 s, which is 50% of the window
                rails    the guard rails allow the flushes this needs (min_flush_gap 1 min, max_flushes_per_hour 30)
                """
        )
        #expect(
            try report.json() == """
                {
                  "errors_per_health_check" : 6,
                  "errors_per_hour" : 72,
                  "flush_interval_seconds" : 125000,
                  "guard_rails_fit" : true,
                  "health_check_interval_seconds" : 300,
                  "max_connect_errors" : 5000,
                  "schema" : 1,
                  "window_seconds" : 250000
                }
                """
        )
    }

    @Test func `the default of servers and load balancers`() {
        #expect(
            WindowReport(limit: 100, interval: .seconds(30), errorsPerCheck: 6).text == """
                rate     6 errors every 30 s: 720 errors an hour
                window   8 min 20 s from clean to blocked, at max_connect_errors 100
                flush    every 4 min 10 s, which is 50% of the window
                rails    the guard rails allow the flushes this needs (min_flush_gap 1 min, max_flushes_per_hour 30)
                """
        )
    }

    @Test func `the largest limit there is`() throws {
        let report = WindowReport(limit: .max, interval: .seconds(300), errorsPerCheck: 6)
        #expect(
            report.text == """
                rate     6 errors every 5 min: 72 errors an hour
                window   more than 292000 years from clean to blocked, at max_connect_errors 18446744073709551615
                flush    every 146138 years, which is 50% of the window
                rails    the guard rails allow the flushes this needs (min_flush_gap 1 min, max_flushes_per_hour 30)
                """
        )
        #expect(
            try report.json() == """
                {
                  "errors_per_health_check" : 6,
                  "errors_per_hour" : 72,
                  "flush_interval_seconds" : 4611686018427,
                  "guard_rails_fit" : true,
                  "health_check_interval_seconds" : 300,
                  "max_connect_errors" : 18446744073709551615,
                  "schema" : 1,
                  "window_seconds" : 9223372036854
                }
                """
        )
    }

    /// At 6 errors a second and half the limit, 120 s are the window of 720 errors.
    @Test(
        arguments: [
            (1440, "the guard rails allow the flushes this needs"),
            (
                1439,
                "a flush is needed every 1 min 59 s, max_flushes_per_hour allows one every 2 min: raise max_connect_errors, or change max_flushes_per_hour"
            ),
        ] as [(UInt64, String)]
    )
    func `says when the default guard rails are too narrow`(limit: UInt64, rails: String) {
        let report = WindowReport(limit: limit, interval: .seconds(1), errorsPerCheck: 6)
        #expect(
            report.text.split(separator: "\n").last.map { String($0) }
                == "rails    \(rails) (min_flush_gap 1 min, max_flushes_per_hour 30)"
        )
    }

    @Test func `a rate that is no whole number is told to the thousandth`() throws {
        let report = WindowReport(limit: 10, interval: .seconds(7), errorsPerCheck: 1)
        #expect(report.text.hasPrefix("rate     1 error every 7 s: 514.286 errors an hour\n"))
        #expect(try report.json().contains("\"errors_per_hour\" : 514.286,"))
    }
}
