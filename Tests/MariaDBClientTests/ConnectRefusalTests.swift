import MariaDBClient
import Testing

/// Connects that fail before any server is asked for anything.
@Suite(.timeLimit(.minutes(5))) struct ConnectRefusalTests {
    @Test(arguments: ["", "a;b", "host=x", "aurora://x", "a,b", "a\0b"])
    func `a host that libmariadb would read as more than a host is refused`(_ host: String) async {
        let error = await failure { () async throws(MariaDBError) in
            try await Session.connect(to: .local(3_306, host: host), as: .hostcached)
        }
        #expect(
            error
                == MariaDBError(
                    operation: .connect(.tcp(host: host, port: 3_306)),
                    cause: .refused,
                    code: 0,
                    sqlState: "HY000",
                    message: "not one host name or IP address and a port above 0"
                )
        )
    }

    @Test func `port 0, a missing path and a missing user are refused`() async {
        var endpoint = Endpoint.local(0)
        #expect(await cause(endpoint, .hostcached) == .refused)
        endpoint.address = .socket(path: "")
        #expect(await cause(endpoint, .hostcached) == .refused)
        endpoint.address = .socket(path: "/nowhere")
        #expect(await cause(endpoint, Login(user: "", password: nil)) == .refused)
    }

    @Test(arguments: ["", "ab", String(repeating: "g", count: 40), String(repeating: "a", count: 41)])
    func `a fingerprint that libmariadb would not compare is refused`(_ fingerprint: String) async {
        let server = FakeServer([.signal])
        let endpoint = Endpoint.local(server.port, tls: .fingerprint(fingerprint))
        let error = await failure { () async throws(MariaDBError) in
            try await Session.connect(to: endpoint, as: .hostcached)
        }
        #expect(error?.cause == .refused)
        #expect(error?.message == "the fingerprint is not 40 hexadecimal digits")
    }

    @Test func `a port where nobody listens is unreachable`() async {
        let port = FakeServer().port
        let error = await failure { () async throws(MariaDBError) in
            try await Session.connect(to: .local(port), as: .hostcached)
        }
        #expect(error?.isUnreachable == true)
        #expect(
            error?.description
                == "connect to 127.0.0.1:\(port) failed: \(Self.refused) (error 2002, SQLSTATE HY000)"
        )
    }

    @Test func `a socket that is not there is unreachable`() async {
        var endpoint = Endpoint.local(1)
        endpoint.address = .socket(path: "/nowhere/mysqld.sock")
        #expect(await cause(endpoint, .hostcached) == .reported)
    }

    @Test func `a name that cannot exist is a failure of name resolution`() async {
        // Longer than a label may be (63 bytes, RFC 1035): no resolver is asked.
        let host = String(repeating: "a", count: 64)
        let error = await failure { () async throws(MariaDBError) in
            try await Session.connect(to: .local(3_306, host: host), as: .hostcached)
        }
        #expect(error?.code == 2_005)
        #expect(error?.isNameResolution == true)
    }

    private static let refused = "Can't connect to server on '127.0.0.1' (111)"

    private func cause(_ endpoint: Endpoint, _ login: Login) async -> MariaDBError.Cause? {
        await failure { () async throws(MariaDBError) in
            try await Session.connect(to: endpoint, as: login)
        }?.cause
    }
}
