import HostCacheCore
import Testing

struct KnownCauseTests {
    @Test(
        arguments: [
            (1040, "max_connections"), (1047, "Galera"), (1104, "max_join_size"),
            (1203, "max_user_connections"),
            (1205, "backup"), (1226, "max_user_connections"), (1290, "read_only"),
            (1792, "transaction_read_only"),
            (4150, "max_password_errors"),
        ] as [(UInt32, String)]
    )
    func `an error whose words leave it open has its cause and a remedy`(_ code: UInt32, _ word: String) {
        let known = KnownCause(code: code)
        #expect(known?.cause.contains(word) == true)
        #expect(known?.advice.isEmpty == false)
    }

    @Test(arguments: [nil, 0, 1045, 1064, 1129, 1142, 2002] as [UInt32?])
    func `other errors say it themselves`(_ code: UInt32?) {
        #expect(KnownCause(code: code) == nil)
    }
}
