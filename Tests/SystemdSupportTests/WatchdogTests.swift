import SystemdSupport
import Testing

@Suite struct WatchdogTests {
    @Test(
        arguments: [
            ([:], nil),
            (["WATCHDOG_PID": "42"], nil),
            (["WATCHDOG_USEC": "1"], .microseconds(1)),
            (["WATCHDOG_USEC": "60000000"], .seconds(60)),
            (["WATCHDOG_USEC": "60000000", "WATCHDOG_PID": "42"], .seconds(60)),
            (["WATCHDOG_USEC": "60000000", "WATCHDOG_PID": "41"], nil),
            (["WATCHDOG_USEC": "\(UInt64.max - 1)"], .microseconds(UInt64.max - 1)),
        ] as [([String: String], Duration?)]
    )
    func `the interval counts for the process it is meant for`(
        _ environment: [String: String],
        _ interval: Duration?
    ) throws {
        #expect(try Watchdog.interval(environment: environment, processID: 42) == interval)
    }

    @Test(arguments: ["", "0", "-1", "soon", "18446744073709551615", "18446744073709551616"])
    func `an interval that is no time is refused`(value: String) {
        #expect(throws: SystemdError.unreadable(variable: "WATCHDOG_USEC", value: value)) {
            try Watchdog.interval(environment: ["WATCHDOG_USEC": value], processID: 42)
        }
    }

    @Test func `a process id that is no number is refused`() {
        let environment = ["WATCHDOG_USEC": "1", "WATCHDOG_PID": "me"]
        let error = #expect(throws: SystemdError.self) {
            try Watchdog.interval(environment: environment, processID: 42)
        }
        #expect(error == .unreadable(variable: "WATCHDOG_PID", value: "me"))
        #expect(
            error.map { "\($0)" }
                == "cannot read WATCHDOG_PID=\"me\": not a number; unset it, or start hostcached from its unit"
        )
    }
}
