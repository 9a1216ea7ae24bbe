import TestSupport
import TestTraits
import Testing

/// A host that is blocked before the daemon starts.
@Suite(.tags(.server, .realTime), .timeLimit(.minutes(5)))
struct UnblockTests {
    @Test(arguments: ThrowawayServer.Kind.allCases)
    func `raising alone lets a blocked host in`(_ kind: ThrowawayServer.Kind) async throws {
        try await Scenario.with(kind) { scenario in
            try await scenario.block()
            let daemon = try await DaemonProcess(on: scenario.server, mode: "enforce", in: scenario.folder)
            try await waitUntil("the blocked host can log in") {
                await scenario.login() == nil
            }
            try await daemon.stop()

            let raise =
                kind == .mysql
                ? "SET PERSIST max_connect_errors = 5000" : "SET GLOBAL max_connect_errors = 5000"
            try scenario.expectChanges([raise])
            #expect(try await scenario.server.sql("SELECT @@global.max_connect_errors") == "5000")
        }
    }

    @Test(arguments: ThrowawayServer.Kind.allCases)
    func `flushing alone lets a blocked host in`(_ kind: ThrowawayServer.Kind) async throws {
        try await Scenario.with(kind) { scenario in
            try await scenario.block()
            let daemon = try await DaemonProcess(
                on: scenario.server,
                mode: "enforce",
                keys: #"raise_with = "never""#,
                in: scenario.folder
            )
            try await waitUntil("the blocked host can log in") {
                await scenario.login() == nil
            }
            try await daemon.stop()

            try scenario.expectChanges([scenario.flush])
            #expect(try await scenario.server.sql("SELECT @@global.max_connect_errors") == "100")
        }
    }

    @Test(arguments: ThrowawayServer.Kind.allCases)
    func `a limit above the wanted one is left alone`(_ kind: ThrowawayServer.Kind) async throws {
        try await Scenario.with(kind, options: ["--max-connect-errors=6000"]) { scenario in
            let daemon = try await scenario.daemon()
            try await daemon.stop()
            try scenario.expectChanges([])
            #expect(try await scenario.server.sql("SELECT @@global.max_connect_errors") == "6000")
        }
    }

    @Test(arguments: ThrowawayServer.Kind.allCases)
    func `actions without raise and flush change nothing`(_ kind: ThrowawayServer.Kind) async throws {
        try await Scenario.with(kind) { scenario in
            try await scenario.block()
            let daemon = try await scenario.daemon(keys: [#"actions = ["interval"]"#])
            try await daemon.stop()
            try scenario.expectChanges([])
        }
    }
}
