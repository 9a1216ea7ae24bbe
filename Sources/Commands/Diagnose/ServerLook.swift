import Daemon
import HostCacheCore

/// What one connection to a server brought.
struct ServerLook: Sendable {
    var seen: Observation
    var holder: LockHolder
    /// Nil where logging in was as quick as anything else.
    var slowLogin: SlowLogin?

    /// Logs in, looks once, asks who holds the lock, and hangs up.
    ///
    /// One try to log in: where TLS fails, each further one would cost an error of our own address (HC103). Throws
    /// ``ServerFailure`` or `CancellationError`.
    static func take(_ port: ServerPort, _ timekeeper: Timekeeper) async throws -> ServerLook {
        do {
            return try await takeOnce(port, timekeeper)
        } catch let failure as ServerFailure where failure.losesConnection {
            // Reading the rows may have cost the connection: the port knows, and leaves them alone this time.
            return try await takeOnce(port, timekeeper)
        }
    }

    private static func takeOnce(_ port: ServerPort, _ timekeeper: Timekeeper) async throws -> ServerLook {
        let begin = timekeeper.now()
        let connection = try await port.connect()
        let isIn = timekeeper.now()
        do {
            let seen = try await connection.observe()
            let slowLogin = SlowLogin(login: isIn - begin, look: timekeeper.now() - isIn)
            let holder = await holder(connection)
            await connection.close()
            return ServerLook(seen: seen, holder: holder, slowLogin: slowLogin)
        } catch {
            await connection.close()
            throw error
        }
    }

    /// What is known of the server counts, also where it does not answer this.
    private static func holder(_ connection: ServerConnection) async -> LockHolder {
        do {
            return try await connection.leader().map { .daemon($0) } ?? .nobody
        } catch {
            return .unknown
        }
    }
}
