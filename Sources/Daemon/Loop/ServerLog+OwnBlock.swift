import HostCacheCore
import Logging

extension ServerLog {
    /// Tells that the server refuses this machine, once until that ends.
    mutating func explain(_ block: OwnBlock, _ failure: ServerFailure, retryIn wait: Duration) {
        tell(
            "server",
            "refuses us",
            .error,
            "the server refuses our own address with error 1129",
            [
                .reason: failure.reason.rawValue, .address: block.who, .error: failure.message,
                .advice: block.advice, .retryIn: wait.phrase,
            ]
        )
    }
}
