import Daemon
import HostCacheCore
import MariaDBClient
import Secrets
import TestSupport

/// What the daemon does at a look, in a process of its own: read the server, judge it.
enum LookProcess {
    /// Looks as often as the arguments say and prints a line for each look.
    ///
    /// `arguments` are the server's port and the number of looks.
    static func run(_ arguments: [String]) async throws {
        guard arguments.count == 2, let port = UInt16(arguments[0]), let times = Int(arguments[1]) else {
            print("usage: Bench look PORT TIMES")
            return
        }
        LargeBlocks.returnToSystem()
        let session = try await Session.connect(
            to: Endpoint(
                address: .tcp(host: "127.0.0.1", port: port),
                tls: .disabled,
                sourceAddress: nil,
                connectTimeout: .seconds(5),
                queryTimeout: .seconds(30)
            ),
            as: Login(user: "hostcached", password: Secret("watch"))
        )
        let reader = ObservationReader(endpoint: "bench", timekeeper: .live())
        var controller = Controller(policy: Policy(), memory: Memory(), counters: Counters())
        print("connected; memory \(peak) at most")
        for look in 1...times {
            let start = ProcessorTime.ofSelf
            let seen = try await reader.read(session)
            let read = ProcessorTime.ofSelf
            let assessment = controller.look(seen, interval: .seconds(30))
            let judged = ProcessorTime.ofSelf
            print(
                """
                look \(look): \(assessment.forecast.hosts.count) rows, read in \((read - start).milliseconds) ms, \
                judged in \((judged - read).milliseconds) ms; memory \(peak) at most
                """
            )
        }
        await session.close()
    }

    /// `VmHWM` of proc(5): the most memory this process ever had, libraries included.
    private static var peak: String {
        let lines = (TextFile.read("/proc/self/status") ?? "").split(separator: "\n")
        let line = lines.first { $0.hasPrefix("VmHWM:") }
        return line.map { String($0.dropFirst(6).drop { $0 == "\t" || $0 == " " }) } ?? "unknown"
    }
}
