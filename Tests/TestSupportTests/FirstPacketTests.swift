import TestSupport
import Testing

@Suite struct FirstPacketTests {
    @Test(
        arguments: [
            ([10] + Array("9.7.4".utf8) + [0, 1, 2], .greeting(version: "9.7.4")),
            ([10] + Array("9.7.4".utf8), .unknown),
            ([0xff, 0x69, 0x04] + Array("Host".utf8), .refusal(code: 1129, message: "Host")),
            ([0xff, 0x69, 0x04], .refusal(code: 1129, message: "")),
            ([0xff, 0x69], .unknown),
            ([9, 0], .unknown),
            ([], .unknown),
        ] as [([UInt8], FirstPacket)]
    )
    func `reads the greeting and the refusal`(payload: [UInt8], packet: FirstPacket) {
        #expect(FirstPacket(payload: payload) == packet)
    }
}
