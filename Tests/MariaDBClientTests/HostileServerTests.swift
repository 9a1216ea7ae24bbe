import MariaDBClient
import Secrets
import Testing

/// Servers that stay silent, lie or ask for too much.
@Suite(.timeLimit(.minutes(5))) struct HostileServerTests {
    static let password = "TopSecretPw"
    static let login = Login(user: "hostcached", password: Secret(password))
    static let modes: [Endpoint.TLS] = [
        .disabled, .verifyIdentity(caFile: nil), .fingerprint(String(repeating: "0", count: 40)),
    ]

    @Test(arguments: modes)
    func `a silent server costs the connect timeout and no more`(_ tls: Endpoint.TLS) async throws {
        let server = FakeServer([.signal])
        let endpoint = Endpoint.local(server.port, tls: tls, connectTimeout: .milliseconds(300))
        let start = ContinuousClock.now
        let error = await failure { () async throws(MariaDBError) in
            try await Session.connect(to: endpoint, as: Self.login)
        }
        let elapsed = ContinuousClock.now - start
        #expect(error == .timedOut(.connect(endpoint.address), "0.3 seconds"))
        #expect(elapsed >= .milliseconds(300) && elapsed < .seconds(60))
        // The connection is given up too, not only the wait for it.
        #expect(await server.departures.first { _ in true } == [])
    }

    @Test(arguments: [0, 12])
    func `a server that falls silent in the TLS handshake costs the connect timeout`(
        _ count: Int
    ) async throws {
        let tlsCapable = FakeServer.Step.send(0, FakeServer.greetingWithTLS)
        // The start of a TLS record that never ends.
        let record: [UInt8] = [22, 3, 3, 0x10, 0] + [UInt8](repeating: 2, count: 7)
        let server = FakeServer([tlsCapable, .receive, .sendRaw(Array(record[..<count]))])
        let endpoint = Endpoint.local(
            server.port,
            tls: .verifyIdentity(caFile: nil),
            connectTimeout: .milliseconds(300)
        )
        let start = ContinuousClock.now
        let error = await failure { () async throws(MariaDBError) in
            try await Session.connect(to: endpoint, as: Self.login)
        }
        #expect(error == .timedOut(.connect(endpoint.address), "0.3 seconds"))
        #expect(ContinuousClock.now - start < .seconds(60))
        #expect(await server.departures.first { _ in true } != nil)
    }

    @Test func `cancelling a connect ends it at once, on both sides`() async throws {
        let server = FakeServer([.signal])
        let endpoint = Endpoint.local(server.port, connectTimeout: .seconds(120))
        let start = ContinuousClock.now
        let error = await withTaskGroup(of: MariaDBError?.self) { group in
            group.addTask {
                await failure { () async throws(MariaDBError) in
                    try await Session.connect(to: endpoint, as: Self.login)
                }
            }
            _ = await server.signals.first { true }
            group.cancelAll()
            return await group.next() ?? nil
        }
        #expect(
            error
                == MariaDBError(
                    operation: .connect(endpoint.address),
                    cause: .cancelled(sent: true),
                    code: 0,
                    sqlState: "HY000",
                    message: "cancelled while waiting"
                )
        )
        #expect(await server.departures.first { _ in true } == [])
        #expect(ContinuousClock.now - start < .seconds(60))
    }

    @Test func `a cancelled task connects to nobody`() async throws {
        let server = FakeServer([.signal])
        let error = await withTaskGroup(of: MariaDBError?.self) { group in
            group.cancelAll()
            group.addTask {
                await failure { () async throws(MariaDBError) in
                    try await Session.connect(to: .local(server.port), as: Self.login)
                }
            }
            return await group.next() ?? nil
        }
        #expect(error?.cause == .cancelled(sent: false))
    }

    @Test func `many silent servers hold up no other task`() async throws {
        let server = FakeServer([.signal])
        let endpoint = Endpoint.local(server.port, connectTimeout: .seconds(120))
        let errors = await withTaskGroup(of: MariaDBError?.self) { group in
            for _ in 0..<64 {
                group.addTask {
                    await failure { () async throws(MariaDBError) in
                        try await Session.connect(to: endpoint, as: Self.login)
                    }
                }
            }
            _ = await server.signals.first { true }
            // Tasks on the shared pool go on, or this would wait for the connects.
            for _ in 0..<1_000 { await Task.yield() }
            group.cancelAll()
            return await group.reduce(into: []) { $0.append($1) }
        }
        withExtendedLifetime(server) {}
        let cancelled = errors.filter { error in
            if case .cancelled = error?.cause { true } else { false }
        }
        // Held up, they would have run into their bound instead.
        #expect(cancelled.count == 64)
    }

    @Test(
        arguments: [
            ([.greeting(plugin: "mysql_clear_password")], [5_010, 2_026, 5_010]),
            (
                [
                    .greeting(plugin: "mysql_native_password"), .receive,
                    .authenticationSwitch(plugin: "mysql_clear_password"),
                ], [5_010, 2_026, 2_026]
            ),
            (
                [
                    .greeting(plugin: "mysql_native_password"), .receive,
                    .authenticationSwitch(plugin: "dialog"),
                ], [5_010, 2_026, 2_026]
            ),
        ] as [([FakeServer.Step], [UInt32])]
    )
    func `a clear-text password is sent to nobody, however it is asked for`(
        _ script: [FakeServer.Step],
        _ codes: [UInt32]
    ) async throws {
        for (tls, code) in zip(Self.modes, codes) {
            let server = FakeServer(script)
            let error = await failure { () async throws(MariaDBError) in
                try await Session.connect(to: .local(server.port, tls: tls), as: Self.login)
            }
            #expect(error?.code == code)
            let sent = try #require(await server.departures.first { _ in true })
            #expect(!sent.contains(Array(Self.password.utf8)))
        }
    }

    @Test(arguments: ["password", "sha2_password", "native_password,caching"])
    func `a fragment of an allowed name is no way to the password`(_ plugin: String) async throws {
        let server = FakeServer([
            .greeting(plugin: "mysql_native_password"), .receive, .authenticationSwitch(plugin: plugin),
        ])
        let error = await failure { () async throws(MariaDBError) in
            try await Session.connect(to: .local(server.port, connectTimeout: .seconds(1)), as: Self.login)
        }
        #expect(error != nil)
        let sent = try #require(await server.departures.first { _ in true })
        #expect(!sent.contains(Array(Self.password.utf8)), "\(sent.suffix(40))")
    }

    @Test func `a second statement at the same time is refused, and closing cuts the first off`() async throws
    {
        let server = FakeServer([
            .greeting(plugin: "mysql_native_password"), .receive, .ok(2), .receive, .signal,
        ])
        let session = try await Session.connect(to: .local(server.port), as: Self.login)
        let first = await withTaskGroup(of: MariaDBError?.self) { group in
            group.addTask {
                await failure { () async throws(MariaDBError) in try await session.query("SELECT 1") }
            }
            _ = await server.signals.first { true }
            let second = await failure { () async throws(MariaDBError) in try await session.query("SELECT 2")
            }
            #expect(
                second
                    == MariaDBError(
                        operation: .query,
                        cause: .refused,
                        code: 0,
                        sqlState: "HY000",
                        message: "the session is still running another statement"
                    )
            )
            await session.close()
            return await group.next() ?? nil
        }
        #expect(first?.code == 2_013)
        #expect(first?.outcomeIsUnknown == true)
    }

    private static func flooding(_ row: [UInt8]) -> FakeServer {
        FakeServer(
            [.greeting(plugin: "mysql_native_password"), .receive, .ok(2), .receive]
                + FakeServer.Step.column("IP") + [.flood(4, row)]
        )
    }

    @Test(arguments: [9, 60_000])
    func `a server that sends rows without end is cut off, whoever reads them`(size: Int) async throws {
        // A string of that many bytes, its length in three bytes.
        let row =
            [0xfd, UInt8(size & 0xff), UInt8(size >> 8 & 0xff), 0] + [UInt8](repeating: 0x31, count: size)
        let first = Self.flooding(row)
        let reader = try await Session.connect(to: .local(first.port), as: Self.login)
        let read = await failure { () async throws(MariaDBError) in
            try await reader.read("SELECT IP", columns: ["IP"], atMost: 2000, into: 0) { count, _ in
                count += 1
            }
        }
        #expect(read?.isFlood == true)
        #expect(read?.isConnectionLoss == true)
        let second = Self.flooding(row)
        let asker = try await Session.connect(to: .local(second.port), as: Self.login)
        let asked = await failure { () async throws(MariaDBError) in try await asker.query("SHOW STATUS") }
        #expect(asked?.isFlood == true)
        #expect(asked?.isConnectionLoss == true)
    }

    @Test func `a row of more than a mebibyte is not taken`() async throws {
        let server = Self.flooding([0xfe] + [UInt8](repeating: 0x31, count: 2 << 20))
        let session = try await Session.connect(to: .local(server.port), as: Self.login)
        let error = await failure { () async throws(MariaDBError) in try await session.query("SHOW STATUS") }
        // libmariadb calls it lost, or says that the packet is too large.
        #expect([2_013, 2_020].contains(error?.code), "\(String(describing: error))")
        #expect(error?.isConnectionLoss == true)
    }

    @Test func `the password exchanges in use are allowed`() async throws {
        let server = FakeServer([.greeting(plugin: "mysql_native_password"), .receive, .ok(2)])
        let session = try await Session.connect(to: .local(server.port), as: Self.login)
        #expect(session.serverVersion == "8.0.0-fake")
        #expect(!session.isEncrypted && session.cipher == nil)
        await session.close()
        let sent = try #require(await server.departures.first { _ in true })
        // COM_QUIT, the last packet.
        #expect(sent.suffix(5) == [1, 0, 0, 0, 1])
    }

    @Test func `a server that asks for a file gets none`() async throws {
        let server = FakeServer([
            .greeting(plugin: "mysql_native_password"), .receive, .ok(2), .receive,
            .fileRequest("/etc/passwd"),
            .receive, .ok(3),
        ])
        let session = try await Session.connect(to: .local(server.port), as: Self.login)
        let error = await failure { () async throws(MariaDBError) in try await session.query("SELECT 1") }
        #expect(error?.message == "Load data local infile forbidden")
        await session.close()
        let sent = try #require(await server.departures.first { _ in true })
        #expect(!sent.contains(Array("root:".utf8)))
    }

    @Test func `a refusal before TLS is recognized in both of its forms`() async throws {
        let text = "Host '127.0.0.1' is blocked because of many connection errors"
        for tls in Self.modes {
            let server = FakeServer([.refusal(1_129, text)])
            let error = await failure { () async throws(MariaDBError) in
                try await Session.connect(to: .local(server.port, tls: tls), as: Self.login)
            }
            #expect(error?.isHostBlocked == true)
            #expect(error?.serverCode == 1_129)
            #expect(error?.code == (tls == .disabled ? 1_129 : 2_002))
        }
    }
}

extension MariaDBError {
    /// What a call gives when its bound has passed.
    static func timedOut(_ operation: Operation, _ bound: String) -> Self {
        Self(
            operation: operation,
            cause: .timeout,
            code: 0,
            sqlState: "HY000",
            message: "no complete answer within \(bound)"
        )
    }
}

extension FakeServer {
    /// The payload of a greeting that offers TLS.
    static var greetingWithTLS: [UInt8] {
        guard case .send(_, var payload) = Step.greeting(plugin: "mysql_native_password") else { return [] }
        // The upper byte of the lower capabilities: CLIENT_SSL is 0x0800.
        let index = 1 + "8.0.0-fake".utf8.count + 1 + 4 + 8 + 1 + 1
        payload[index] |= 0x08
        return payload
    }
}
