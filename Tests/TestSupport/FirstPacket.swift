/// The first packet a server sends on a new connection.
///
/// Layout: dev.mysql.com/doc/dev/mysql-server/latest/page_protocol_connection_phase_packets_protocol_handshake_v10.html
/// and page_protocol_basic_err_packet.html.
package enum FirstPacket: Hashable, Sendable {
    /// The server is ready for a login; its version as it calls itself.
    case greeting(version: String)
    /// The server refuses, for example with 1129.
    case refusal(code: UInt16, message: String)
    /// Something else than a MySQL server answers.
    case unknown

    /// Reads a packet's payload, that is, without its header of 4 bytes.
    package init(payload: [UInt8]) {
        switch payload.first {
        case 10 where payload.contains(0):
            let version = payload.dropFirst().prefix { $0 != 0 }
            self = .greeting(version: String(decoding: version, as: UTF8.self))
        case 0xff where payload.count >= 3:
            // Before the greeting an error packet has no SQL state.
            self = .refusal(
                code: UInt16(payload[1]) | UInt16(payload[2]) << 8,
                message: String(decoding: payload.dropFirst(3), as: UTF8.self)
            )
        default: self = .unknown
        }
    }
}
