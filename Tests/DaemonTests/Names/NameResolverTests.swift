import Daemon
import Testing

@Suite(.timeLimit(.minutes(5))) struct NameResolverTests {
    private let resolver = NameResolver.live(deadline: .seconds(20))

    /// The C library reads these itself and asks nobody: inet_aton(3), inet_pton(3).
    @Test(
        arguments: [
            ("0x7f000002", ["127.0.0.2"]), ("10.0.1.23", ["10.0.1.23"]), ("::ffff:10.0.1.23", ["10.0.1.23"]),
            ("2001:DB8:0::1", ["2001:db8::1"]),
        ]
    )
    func `addresses come in the form of the host cache`(_ name: String, _ addresses: [String]) async throws {
        #expect(try await resolver.addresses(name) == addresses)
    }

    @Test func `a failure names the name`() async {
        let name = String(repeating: "a", count: 300)
        let failure = await #expect(throws: ResolutionFailure.self) {
            _ = try await resolver.addresses(name)
        }
        #expect(failure?.description.hasPrefix("\(name) cannot be looked up: ") == true)
    }
}
