import HostCacheCore
import TestSupport
import Testing

extension Matrix {
    /// The built program on each server, with the privileges it asks its users for.
    @Suite(.reported) struct DaemonCases {
        @Test(arguments: Kind.matrix)
        func `daemon: raises the limit, which frees a blocked host`(_ kind: Kind) async throws {
            try await on(kind) { subject in
                try await subject.spend(100)
                #expect(try await subject.refusal() == 1129)
                let daemon = try await subject.daemon()
                try await waitUntil("\(kind) lets the host in") { try await subject.refusal() == nil }
                try await waitUntil("\(kind) has the wanted limit") {
                    daemon.metric(#"hostcached_max_connect_errors{server="orders"}"#) == 5000
                }
                #expect(try await daemon.stop() == .code(0))
                #expect(try await subject.look().limit == 5000)
            }
        }

        @Test(arguments: Kind.matrix)
        func `daemon: flushes, which frees a blocked host`(_ kind: Kind) async throws {
            try await on(kind) { subject in
                try await subject.spend(100)
                #expect(try await subject.refusal() == 1129)
                let daemon = try await subject.daemon(keys: #"raise_with = "never""#)
                try await waitUntil("\(kind) lets the host in") { try await subject.refusal() == nil }
                #expect(try await daemon.stop() == .code(0))
                #expect(try await subject.look().limit == 100)
            }
        }
    }
}

extension Subject {
    fileprivate func daemon(keys: String = "") async throws -> DaemonProcess {
        try await DaemonProcess(on: server, mode: "enforce", keys: keys, in: TemporaryFolder("matrix"))
    }
}
