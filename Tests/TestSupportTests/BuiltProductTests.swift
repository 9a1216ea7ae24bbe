import TestSupport
import Testing

@Suite struct BuiltProductTests {
    @Test func `finds the program beside the test bundle`() throws {
        let path = try BuiltProduct.hostcached
        #expect(path.split(separator: "/").last == "hostcached")
    }
}
