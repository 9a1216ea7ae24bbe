import MariaDBClient
import TestSupport
import TestTraits
import Testing

/// The ends of a session, on servers that nothing else talks to.
@Suite(.tags(.server), .timeLimit(.minutes(5))) struct SessionEndTests {
    @Test(arguments: ThrowawayServer.Kind.allCases)
    func `a closed session is not counted as aborted, a server that dies is a lost session`(
        _ kind: ThrowawayServer.Kind
    ) async throws {
        try kind.skipUnlessExpected()
        try await ThrowawayServer.with(kind) { server in
            let endpoint = Endpoint.local(server.port)
            let closed = try await Session.connect(to: endpoint, as: .hostcached)
            await closed.close()
            await closed.close()
            var dropped: Session? = try await Session.connect(to: endpoint, as: .hostcached)
            #expect(dropped?.isEncrypted == false)
            dropped = nil
            try await server.waitUntilAllHaveLeft()
            #expect(
                try await server.sql("SHOW GLOBAL STATUS LIKE 'Aborted_clients'") == "Aborted_clients\t0"
            )

            let session = try await Session.connect(to: endpoint, as: .hostcached)
            let statement = "SELECT SLEEP(18)"
            let error = try await withThrowingTaskGroup(of: MariaDBError?.self) { group in
                group.addTask {
                    await failure { () async throws(MariaDBError) in
                        try await session.query(statement)
                    }
                }
                try await server.waitUntilRunning(statement)
                await server.kill()
                return try await group.next() ?? nil
            }
            #expect(error?.code == 2_013)
            #expect(error?.isConnectionLoss == true)
            #expect(error?.outcomeIsUnknown == true)
            await session.close()
        }
    }
}
