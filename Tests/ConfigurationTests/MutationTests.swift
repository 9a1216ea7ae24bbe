import Configuration
import TestSupport
import Testing

/// Damages a good file in every way that a seed can think of.
@Suite struct MutationTests {
    /// The example with every key uncommented that can be, and two more servers.
    private static let seedText: [UInt8] = {
        let keys = DaemonConfiguration.example.split(separator: "\n").map { line in
            line.hasPrefix("#") && !line.hasPrefix("# ") && !line.hasPrefix("#socket")
                ? line.dropFirst() : line
        }
        let lines = keys.filter { !$0.hasPrefix("#") }.joined(separator: "\n")
        return Array(
            """
            \(lines)
            [[server]]
            name = "local"
            socket = "/s"
            user = "u"
            [[server]]
            name = "v6"
            host = "::1"
            user = "u"
            [server.tls]
            mode = "disabled"
            """.utf8
        )
    }()

    private func mutate(_ bytes: [UInt8], _ random: inout SeededGenerator) -> [UInt8] {
        var bytes = bytes
        let interesting = Array("\"'[]{}=.,#\n\r\t\\_-+09eEx \u{0}\u{7f}é🔑".utf8) + [0xff, 0xc3]
        for _ in 0..<Int.random(in: 1...4, using: &random) {
            guard let at = bytes.indices.randomElement(using: &random) else { break }
            switch Int.random(in: 0..<6, using: &random) {
            case 0: bytes[at] = UInt8.random(in: 0...255, using: &random)
            case 1: bytes[at] = interesting.randomElement(using: &random) ?? 0
            case 2: bytes.insert(interesting.randomElement(using: &random) ?? 0, at: at)
            case 3: bytes.remove(at: at)
            case 4: bytes.removeSubrange(at..<min(bytes.count, at + Int.random(in: 1...40, using: &random)))
            default:
                let from = Int.random(in: 0..<bytes.count, using: &random)
                bytes.insert(contentsOf: bytes[from..<min(bytes.count, from + 30)], at: at)
            }
        }
        return bytes
    }

    @Test func `the undamaged file loads`() throws {
        let configuration = try FakeFiles(String(decoding: Self.seedText, as: UTF8.self)).load()
        #expect(configuration.servers.map(\.name) == ["orders", "local", "v6"])
    }

    @Test(arguments: [1, 2, 3, 4] as [UInt64])
    func `a damaged file loads or has problems that print on one line`(_ seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        var loaded = 0
        var refused = 0
        for _ in 0..<400 {
            let bytes = mutate(Self.seedText, &random)
            var files = FakeFiles("")
            files.bytes[FakeFiles.main] = bytes
            let problems = files.problems()
            if problems.isEmpty {
                loaded += 1
            } else {
                refused += 1
            }
            let bad = problems.filter { problem in
                problem.unicodeScalars.contains { $0.properties.generalCategory == .control }
            }
            #expect(bad == [], "\(String(decoding: bytes, as: UTF8.self))")
        }
        // Both happen, so the damage is neither always fatal nor without effect.
        #expect(loaded > 0)
        #expect(refused > 100)
    }
}
