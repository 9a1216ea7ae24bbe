import CCurl

/// Owns one `CURL *` and cleans it up exactly once.
///
/// One request each, so that none sees the cookies, connections or options of another.
@safe struct CurlHandle: ~Copyable {
    let pointer: UnsafeMutableRawPointer

    init(for request: HTTPRequest) throws(HTTPError) {
        guard CurlLibrary.isPrepared, let pointer = unsafe curl_easy_init() else {
            throw HTTPError(request, .other, "libcurl cannot be initialized; is there memory left?")
        }
        unsafe self.pointer = pointer
    }

    deinit { unsafe curl_easy_cleanup(pointer) }
}
