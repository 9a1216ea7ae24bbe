import FoundationEssentials

/// How much a run of the tests covers.
package enum TestExtent {
    /// Every behaviour once, on one server of each flavour, and no minutes of load.
    ///
    /// `make test` sets `HOSTCACHED_TESTS=quick` for that; without it everything runs, as in `make test-all`.
    package static let isQuick: Bool = {
        switch ProcessInfo.processInfo.environment["HOSTCACHED_TESTS"] {
        case nil, "all": return false
        case "quick": return true
        case let other?: fatalError("HOSTCACHED_TESTS is \"\(other)\", wanted quick or all")
        }
    }()
}
