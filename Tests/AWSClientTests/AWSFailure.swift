import AWSClient

/// Why a call did not succeed, or nil when it did.
func failure<Value>(of call: () async throws(AWSError) -> Value) async -> AWSError? {
    do throws(AWSError) {
        _ = try await call()
        return nil
    } catch {
        return error
    }
}
