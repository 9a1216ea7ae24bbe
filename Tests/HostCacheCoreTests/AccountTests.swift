import HostCacheCore
import Testing

@Suite struct AccountTests {
    @Test(
        arguments: [
            ("hostcached@%", "'hostcached'@'%'"), ("a@b@10.0.%", "'a@b'@'10.0.%'"),
            ("o'b@localhost", "'o''b'@'localhost'"), ("@localhost", "''@'localhost'"),
            ("a`b@::1", "'a`b'@'::1'"), (#"a\b@%"#, #"`a\b`@'%'"#), (#"a\`b@%"#, #"`a\``b`@'%'"#),
        ]
    )
    func `what CURRENT_USER() gives is quoted for a statement`(_ text: String, _ quoted: String) {
        #expect(Account(currentUser: text)?.description == quoted)
    }

    @Test func `a text without a host is no account`() {
        #expect(Account(currentUser: "root") == nil)
    }
}
