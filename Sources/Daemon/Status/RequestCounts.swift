/// Requests of one AWS operation, each try counted, since the process began.
package struct RequestCounts: Hashable, Sendable {
    package var made: UInt64 = 0
    package var failed: UInt64 = 0

    package init() {}
}
