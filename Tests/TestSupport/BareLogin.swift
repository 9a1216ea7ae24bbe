import Glibc

/// A login of an account without a password that names a default database, from an address of one's own.
///
/// Neither libmariadb, as the project uses it, nor the `mariadb` client can do both.
package enum BareLogin {
    /// Logs in; blocks, for ten seconds at most.
    ///
    /// - Parameters:
    ///   - port: The server's port on 127.0.0.1.
    ///   - address: Where to come from, such as `127.0.0.2`.
    ///   - user: The account.
    ///   - database: The default database asked for.
    ///   - method: The account's authentication method.
    /// - Returns: The server's answer: a refusal, or unknown for anything else, a success included.
    /// - Throws: ``HealthCheckFailure`` when the server does not answer.
    package static func answer(
        port: UInt16,
        from address: String,
        user: String,
        database: String,
        method: String
    ) throws(HealthCheckFailure) -> FirstPacket {
        let connection = try HealthCheckConnection.open(port: port, from: address, timeout: .seconds(30))
        _ = try connection.packet()
        try connection.send(payload: response(user: user, database: database, method: method), sequence: 1)
        return FirstPacket(payload: try connection.packet())
    }

    /// The packet with which a client answers the greeting.
    ///
    /// Layout: dev.mysql.com/doc/dev/mysql-server/latest/page_protocol_connection_phase_packets_protocol_handshake_response.html
    private static func response(user: String, database: String, method: String) -> [UInt8] {
        let connectWithDatabase: UInt32 = 1 << 3
        let protocol41: UInt32 = 1 << 9
        let secureConnection: UInt32 = 1 << 15
        let pluginAuthentication: UInt32 = 1 << 19
        let capabilities = connectWithDatabase | protocol41 | secureConnection | pluginAuthentication
        let largestPacket: UInt32 = 1 << 24
        let utf8mb4: UInt8 = 45
        return [capabilities, largestPacket].flatMap { word in (0..<4).map { UInt8(word >> ($0 * 8) & 0xff) }
        }
            + [utf8mb4] + Array(repeating: 0, count: 23)
            + Array(user.utf8) + [0]
            // An empty password is an empty answer to every method's challenge.
            + [0]
            + Array(database.utf8) + [0]
            + Array(method.utf8) + [0]
    }
}
