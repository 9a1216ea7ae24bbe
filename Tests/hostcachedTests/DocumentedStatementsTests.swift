import FoundationEssentials
import TestSupport
import TestTraits
import Testing

/// The SQL that README and docs show, on the server that it is for.
@Suite(.tags(.server), .timeLimit(.minutes(5))) struct DocumentedStatementsTests {
    /// What only one flavour understands, by what stands in it.
    private static let foreign: [ThrowawayServer.Flavour: [String]] = [
        .mariadb: ["SET PERSIST", "GRANT DROP", "SYSTEM_VARIABLES_ADMIN"],
        .mysql: ["FLUSH NO_WRITE_TO_BINLOG", "GRANT RELOAD", "CONNECTION ADMIN"],
    ]

    /// Every statement in a block of SQL, without comments.
    private static func statements() throws -> [String] {
        let folder = PackageFolder.path
        let pages = try FileManager.default.contentsOfDirectory(atPath: folder + "/docs").sorted()
            .filter { $0.hasSuffix(".md") }.map { "docs/" + $0 }
        return try (["README.md"] + pages).flatMap { page in
            let text = try #require(TextFile.read("\(folder)/\(page)"))
            let blocks = text.split(separator: "```sql\n").dropFirst().compactMap {
                $0.split(separator: "```").first
            }
            return blocks.flatMap { $0.replacing(/--[^\n]*/, with: "").split(separator: ";") }
                .map { $0.split(whereSeparator: \.isWhitespace).joined(separator: " ") }
                .filter { !$0.isEmpty }
        }
    }

    @Test(arguments: ThrowawayServer.Kind.allCases)
    func `every statement shown runs`(_ kind: ThrowawayServer.Kind) async throws {
        try kind.skipUnlessExpected()
        let foreign = Self.foreign[kind.flavour] ?? []
        let own = try Self.statements().filter { statement in
            !foreign.contains { statement.contains($0) }
        }
        #expect(own.count >= 15)
        try await ThrowawayServer.with(kind) { server in
            for statement in own {
                await #expect(throws: Never.self, "\(statement)") { try await server.sql(statement) }
            }
        }
    }
}
