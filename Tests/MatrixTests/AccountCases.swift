import Daemon
import HostCacheCore
import MariaDBClient
import TestSupport
import Testing

extension Matrix {
    /// Versions, privileges and clocks as each server has them.
    @Suite(.reported) struct AccountCases {
        @Test(arguments: Kind.matrix)
        func `version: read alike from the variables and the greeting`(_ kind: Kind) async throws {
            try await on(kind) { subject in
                #expect(subject.version.flavour == (kind.flavour == .mysql ? .mysql : .mariadb))
                let text = try await subject.server.sql("SELECT VERSION()")
                #expect(text.hasPrefix(subject.version.number))
                #expect(kind.line == nil || kind.line == subject.version.line)
                let session = try await subject.session()
                #expect(ServerVersion(version: session.serverVersion, comment: "") == subject.version)
                await session.close()
            }
        }

        @Test(arguments: Kind.matrix.filter { $0.flavour == .mariadb })
        func `version: a MariaDB that says 8.0.36 is MariaDB, in statements and grants too`(
            _ kind: Kind
        ) async throws {
            try await on(kind, .otherVersion) { subject in
                #expect(try await subject.server.sql("SELECT VERSION()").hasPrefix("8.0.36"))
                let seen = try await subject.look()
                #expect(seen.settings.version.flavour == .mariadb)
                #expect(seen.settings.version.isAtLeast(10, 5, 2))
                #expect(seen.privileges.mayFlush == true)
                #expect(seen.privileges.mayRaise == true)
                #expect(FlushStatement.allowed(on: seen, with: .automatic) == [.flush])
                #expect(RaiseStatement.choice(for: seen.settings.version, with: .automatic) == .global)
                #expect(Grant.raise(on: seen.settings.version).privilege == "CONNECTION ADMIN")
            }
        }

        @Test(arguments: Kind.matrix)
        func `look: has the server's own port, and is no cluster and no HeatWave`(_ kind: Kind) async throws {
            try await on(kind) { subject in
                let seen = try await subject.look()
                #expect(seen.port == subject.server.port)
                #expect(seen.reading == .complete)
                #expect(!seen.settings.isGalera && !seen.settings.isHeatWave)
                let later = try await subject.look()
                #expect(try #require(later.connections) > #require(seen.connections))
            }
        }

        @Test(arguments: Kind.matrix)
        func `privileges: without SELECT the rows are 1142, and the look is blind`(_ kind: Kind) async throws
        {
            try await on(kind) { subject async throws in
                let rows = "SELECT IP FROM performance_schema.host_cache"
                #expect(try await subject.refusal(ofStatement: rows, as: "app") == 1142)
                let seen = try await subject.look(as: "app")
                #expect(seen.privileges.maySee == false)
                #expect(seen.exposure == .blind)
            }
        }

        @Test(arguments: Kind.matrix)
        func `privileges: a raise without any is 1227, a flush 1227 or 1142`(_ kind: Kind) async throws {
            try await on(kind) { subject async throws in
                let raise = RaiseStatement.global.sql(limit: 5000)
                #expect(try await subject.refusal(ofStatement: raise, as: "app") == 1227)
                let truncate = FlushStatement.truncate.sql
                #expect(try await subject.refusal(ofStatement: truncate, as: "app") == 1142)
                if kind.flavour == .mariadb {
                    #expect(
                        try await subject.refusal(ofStatement: FlushStatement.flush.sql, as: "app") == 1227
                    )
                }
                #expect(FlushStatement.refusals.isSuperset(of: [1142, 1227]))
            }
        }

        @Test(arguments: Kind.matrix)
        func `clock: FIRST_SEEN is rounded up by MySQL, down by MariaDB`(_ kind: Kind) async throws {
            try await on(kind) { subject in
                let (second, row) = try await subject.checkLateInASecond()
                #expect(row.firstSeenSecond == second + (kind.flavour == .mysql ? 1 : 0))
            }
        }

        @Test(arguments: Kind.matrix)
        func `clock: an error of just now has an age, and is not in the future`(_ kind: Kind) async throws {
            try await on(kind) { subject in
                let (_, row) = try await subject.checkLateInASecond()
                let ages = [row.firstErrorAge, row.lastErrorAge].compactMap(\.self)
                #expect(ages.count == 2)
                #expect(ages.allSatisfy { (.zero ... .seconds(60)).contains($0) })
            }
        }
    }
}

extension Subject {
    /// Makes one error between .5 and .99 of a second of the server's clock.
    ///
    /// Returns that second and the row; throws when the server never was quick enough.
    fileprivate func checkLateInASecond() async throws -> (second: Int64, row: HostCacheRow) {
        for _ in 0..<100 {
            try await reset()
            let (_, fraction) = try await clock()
            try await Task.sleep(for: .microseconds((1_500_000 - fraction) % 1_000_000 + 10_000))
            let before = try await clock()
            await check()
            let after = try await clock()
            guard before.second == after.second, before.fraction > 500_000, after.fraction < 990_000 else {
                continue
            }
            try await waitUntil("\(kind) has counted") { try await row()?.spent == 1 }
            guard let row = try await row() else { continue }
            return (before.second, row)
        }
        throw NoClock(reason: "no check fell between .5 and .99 of a second in a hundred tries")
    }

    /// The server's clock: whole seconds, and microseconds beyond them.
    private func clock() async throws -> (second: Int64, fraction: Int64) {
        let parts = try await server.sql("SELECT UNIX_TIMESTAMP(SYSDATE(6))").split(separator: ".")
        guard parts.count == 2, let second = Int64(parts[0]), let fraction = Int64(parts[1]) else {
            throw NoClock(reason: "no clock with microseconds: \(parts)")
        }
        return (second, fraction)
    }
}

private struct NoClock: Error {
    let reason: String
}

extension ServerVersion {
    fileprivate var line: String { "\(major).\(minor)" }
}

extension ThrowawayServer.Kind {
    /// The line that `.ci/server-roots` promises; the machine's own and sid's are whatever they are.
    fileprivate var line: String? {
        switch self {
        case .mariadb105: "10.5"
        case .mariadb118: "11.8"
        case .mariadb, .mysql: nil
        }
    }
}
