import Glibc
import Testing

/// Lets this process write no file beyond `bytes`, as a full disk would; for exit tests only.
///
/// A write across the limit is cut off at it, the next one fails with EFBIG (setrlimit(2)).
func limitFileSize(to bytes: rlim_t) throws {
    signal(SIGXFSZ, SIG_IGN)
    var limit = rlimit()
    try #require(getrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit) == 0)
    limit.rlim_cur = min(bytes, limit.rlim_max)
    try #require(setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit) == 0)
}
