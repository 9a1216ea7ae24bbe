import Glibc
import SystemdSupport
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(5))) struct NotifierTests {
    @Test(arguments: [false, true])
    func `each message arrives as systemd spells it`(abstract: Bool) throws {
        let socket = try NotifySocket(abstract: abstract)
        let notifier = try self.notifier(to: socket.address)
        try notifier.send(.ready)
        try notifier.send(.reloading(monotonicMicroseconds: 5_000_001))
        try notifier.send(.status("watching 2 servers"))
        try notifier.send(.watchdog)
        try notifier.send(.extendTimeout(.milliseconds(1_500)))
        try notifier.send(.stopping)
        #expect(
            socket.received() == [
                "READY=1",
                "RELOADING=1\nMONOTONIC_USEC=5000001",
                "STATUS=watching 2 servers",
                "WATCHDOG=1",
                "EXTEND_TIMEOUT_USEC=1500000",
                "STOPPING=1",
            ]
        )
    }

    @Test func `messages that belong together go in one datagram`() throws {
        let socket = try NotifySocket(abstract: false)
        try notifier(to: socket.address).send(.status("up"), .ready)
        #expect(socket.received() == ["STATUS=up\nREADY=1"])
    }

    @Test(
        arguments: [
            ("a\nREADY=1", "a READY=1"),
            ("a\r\nb", "a  b"),
            ("a\u{1b}[2Jb\0c\u{2028}d", "a [2Jb c d"),
            ("prêt", "prêt"),
            ("", ""),
        ] as [(String, String)]
    )
    func `a status is one line and cannot forge a message`(_ text: String, _ line: String) throws {
        let socket = try NotifySocket(abstract: false)
        try notifier(to: socket.address).send(.status(text))
        #expect(socket.received() == ["STATUS=\(line)"])
    }

    @Test(
        arguments: [
            (.zero, "0"),
            (.seconds(-1), "0"),
            (.nanoseconds(1_999), "1"),
            (.seconds(90), "90000000"),
            (.seconds(Int64.max), "18446744073709551615"),
        ] as [(Duration, String)]
    )
    func `an extension is in whole microseconds`(_ duration: Duration, _ microseconds: String) throws {
        let socket = try NotifySocket(abstract: false)
        try notifier(to: socket.address).send(.extendTimeout(duration))
        #expect(socket.received() == ["EXTEND_TIMEOUT_USEC=\(microseconds)"])
    }

    @Test(arguments: [[:], ["NOTIFY_SOCKET": ""]])
    func `without a socket nothing is sent and nothing fails`(environment: [String: String]) throws {
        let notifier = try Notifier(environment: environment, sendTimeout: .seconds(1))
        #expect(!notifier.isActive)
        try notifier.send(.ready)
    }

    @Test(arguments: [
        "relative", "vsock:2:1234", "/", "@", "/a\0b", "/" + String(repeating: "a", count: 107),
        "@" + String(repeating: "a", count: 108),
    ])
    func `an address that is no path and no abstract name is refused`(value: String) {
        #expect(throws: SystemdError.unusableAddress(value)) { try notifier(to: value) }
    }

    @Test(arguments: ["/" + String(repeating: "a", count: 106), "@" + String(repeating: "a", count: 107)])
    func `the longest address is accepted`(value: String) throws {
        #expect(try notifier(to: value).isActive)
    }

    @Test func `nobody at the address is an error that says so`() throws {
        let address = "/tmp/hostcached-nobody-\(getpid())"
        let notifier = try self.notifier(to: address)
        let error = #expect(throws: SystemdError.self) { try notifier.send(.ready) }
        #expect(error == .sendFailed(to: address, code: ENOENT))
        #expect(
            error.map { "\($0)" }
                == "cannot notify systemd at \(address): No such file or directory (errno 2); "
                + "systemctl status may be out of date"
        )
    }

    @Test func `a full queue ends in an error instead of waiting for ever`() throws {
        let socket = try NotifySocket(abstract: false)
        let notifier = try Notifier(
            environment: ["NOTIFY_SOCKET": socket.address],
            sendTimeout: .milliseconds(1)
        )
        let error = #expect(throws: SystemdError.self) {
            while true { try notifier.send(.watchdog) }
        }
        #expect(error == .sendFailed(to: socket.address, code: EAGAIN))
        #expect(Set(socket.received()) == ["WATCHDOG=1"])
    }

    @Test func `a bad address is explained`() {
        #expect(
            "\(SystemdError.unusableAddress("vsock:2:1"))"
                == "cannot notify systemd: NOTIFY_SOCKET is \"vsock:2:1\", neither an absolute path nor @ and a "
                + "name; unset it, or start hostcached from its unit"
        )
    }

    @discardableResult
    private func notifier(to address: String) throws -> Notifier {
        try Notifier(environment: ["NOTIFY_SOCKET": address], sendTimeout: .seconds(5))
    }
}
