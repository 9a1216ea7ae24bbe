import CCurl
import Glibc

/// What has to be true of libcurl before its first use in the process.
enum CurlLibrary {
    /// Initializes it once; a static is initialized under a lock.
    ///
    /// libcurl-thread(3): "Using CURLOPT_NOSIGNAL … makes libcurl NOT ask the system to ignore SIGPIPE
    /// signals": OpenSSL would end the process when it writes to a connection that the other side closed.
    static let isPrepared: Bool = {
        signal(SIGPIPE, SIG_IGN)
        return curl_global_init(Int(CURL_GLOBAL_ALL)) == CURLE_OK
    }()
}
