import MariaDBClient

/// What went wrong, or nil when nothing did.
func failure<Value>(
    of attempt: () async throws(MariaDBError) -> Value
) async -> MariaDBError? {
    do throws(MariaDBError) {
        _ = try await attempt()
        return nil
    } catch {
        return error
    }
}
