import HostCacheCore
import TestSupport
import Testing

@Suite struct AddressSetTests {
    @Test(
        arguments: [
            // Ranges begin and end where their prefix says.
            ("35.191.0.0/16", "35.191.0.0", true), ("35.191.0.0/16", "35.191.255.255", true),
            ("35.191.0.0/16", "35.190.255.255", false), ("35.191.0.0/16", "35.192.0.0", false),
            ("130.211.0.0/22", "130.211.3.255", true), ("130.211.0.0/22", "130.211.4.0", false),
            ("10.0.1.23/32", "10.0.1.23", true), ("10.0.1.23/32", "10.0.1.22", false),
            ("128.0.0.0/1", "255.255.255.255", true), ("128.0.0.0/1", "127.255.255.255", false),
            ("2001:db8::/32", "2001:db8:ffff::1", true), ("2001:db8::/32", "2001:db9::", false),
            ("2001:db8::1/128", "2001:db8::1", true), ("2001:db8::1/128", "2001:db8::2", false),
            // Each family by itself.
            ("::/1", "10.0.0.1", false), ("10.0.0.0/8", "a00::", false),
            // A link-local address: with its zone, without one for any, or in a range.
            ("fe80::1%eth0", "fe80::1%eth0", true), ("fe80::1%eth0", "fe80::1%eth1", false),
            ("fe80::1%eth0", "fe80::1", false), ("fe80::1", "fe80::1%eth1", true),
            ("fe80::1", "fe80::2%eth1", false), ("fe80::/10", "fe80::2%eth1", true),
            // What is none of these.
            ("10.0.0.0/8", "*", false), ("10.0.0.0/8", "", false), ("10.0.0.0/8", "10.0.0", false),
            ("10.0.0.0/33", "10.0.0.1", false), ("10.0.0.0/-1", "10.0.0.1", false),
            ("x/8", "10.0.0.1", false),
        ]
    )
    func `a row's address is held against addresses and ranges`(
        _ listed: String,
        _ address: String,
        _ isThere: Bool
    ) {
        #expect(AddressSet([listed]).contains(address) == isThere)
    }

    @Test func `many ranges and addresses make one set`() {
        let set = AddressSet(["10.0.1.23", "10.1.0.0/16", "10.2.0.0/16", "10.3.0.0/24", "fe80::1"])
        let rows = ["10.0.1.23", "10.0.1.24", "10.1.2.3", "10.2.3.4", "10.3.0.9", "10.3.1.9", "fe80::1%lo"]
        #expect(rows.filter(set.contains) == ["10.0.1.23", "10.1.2.3", "10.2.3.4", "10.3.0.9", "fe80::1%lo"])
        #expect(!AddressSet([]).contains("10.0.1.23"))
    }

    @Test(
        arguments: [
            "", ".", "1.2.3", "1.2.3.4.5", "1.2.3.256", "01.2.3.4", "1..2.3", "1.2.3.", ".1.2.3", "1.2.3.4 ",
            "1.2.3.a", ":", ":::", "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9", "1::2::3", "12345::", "g::",
            "1:2:3:4:5:6:7:8::", "::1.2.3", "::1.2.3.4:5", "1:2:3:4:5:6:7:1.2.3.4", "fe80::1%eth0",
            "4294967296",
        ]
    )
    func `what is no address has no number`(_ text: String) {
        #expect(AddressNumber(text) == nil)
    }

    @Test(
        arguments: [
            ("0.0.0.0", 0, false), ("10.0.1.23", 0x0a00_0117, false), ("255.255.255.255", 0xffff_ffff, false),
            ("::", 0, true), ("::1", 1, true), ("1::", 1 << 112, true), ("1:2:3:4:5:6:7::", nil, true),
            ("::2:3:4:5:6:7:8", 0x0002_0003_0004_0005_0006_0007_0008, true),
            ("::ffff:10.0.1.23", 0x0a00_0117, false), ("::FFFF:a00:117", 0x0a00_0117, false),
            ("::10.0.1.23", 0x0a00_0117, true), ("64:ff9b::1.2.3.4", 0x64_ff9b << 96 | 0x0102_0304, true),
        ] as [(String, UInt128?, Bool)]
    )
    func `an address is a number`(_ text: String, _ value: UInt128?, _ isIPv6: Bool) throws {
        let number = try #require(AddressNumber(text))
        #expect(number.isIPv6 == isIPv6)
        if let value { #expect(number.value == value) }
    }

    @Test(arguments: 0..<20 as Range<UInt64>)
    func `a prefix of an address has it, and with one bit of the prefix changed has not`(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<50 {
            let value = UInt32.random(in: 0...UInt32.max, using: &random)
            let bits = Int.random(in: 1...32, using: &random)
            let other = value ^ (1 << UInt32(Int.random(in: (32 - bits)..<32, using: &random)))
            let set = AddressSet(["\(Self.text(value))/\(bits)"])
            #expect(set.contains(Self.text(value)))
            #expect(!set.contains(Self.text(other)))
        }
    }

    private static func text(_ value: UInt32) -> String {
        (0..<4).map { "\(value >> (24 - 8 * UInt32($0)) & 0xff)" }.joined(separator: ".")
    }
}
