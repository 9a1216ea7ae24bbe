import TestSupport
import TestTraits
import Testing

/// Load balancers that come from a link-local IPv6 address.
@Suite(.tags(.server), .timeLimit(.minutes(4)))
struct LinkLocalTests {
    private static let client = LinkLocalClient.find()

    @Test(
        .enabled(if: client != nil, "no interface of this machine has a link-local address"),
        arguments: ThrowawayServer.Kind.allCases
    )
    func `an address is known with its zone, without it, and by a range`(
        _ kind: ThrowawayServer.Kind
    ) async throws {
        let client = try #require(Self.client)
        let options = ["--max-connect-errors=20", "--bind-address=*"]
        try await Scenario.with(kind, options: options) { scenario in
            try client.check(12, port: scenario.server.port)
            for written in ["\(client.address)%\(client.zone)", client.address, "fe80::/10"] {
                try DaemonProcess.writeConfiguration(
                    forPort: scenario.server.port,
                    mode: "observe",
                    keys: "load_balancers = [\"\(written)\"]",
                    in: scenario.folder
                )
                let (_, text) = try await scenario.diagnose()
                let line = text.split(separator: "\n").first { $0.contains("load balancer   12 / 20") }
                #expect(line?.contains("\(client.address)%\(client.zone) ") == true, "\(written): \(text)")
            }
        }
    }
}
