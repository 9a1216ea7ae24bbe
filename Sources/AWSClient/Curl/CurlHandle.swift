import CCurl

/// Owns one `CURL *` and cleans it up exactly once.
///
/// One request each, so that none sees the cookies, connections or options of another.
@safe struct CurlHandle: ~Copyable {
    let pointer: UnsafeMutableRawPointer

    /// What the callbacks fill; curl_easy_cleanup(3) may still call them, so it lives longer than `pointer`.
    let answer: CurlAnswer

    init(for request: HTTPRequest, filling answer: CurlAnswer) throws(HTTPError) {
        guard CurlLibrary.isPrepared, let pointer = unsafe curl_easy_init() else {
            throw HTTPError(request, .other, "libcurl cannot be initialized; is there memory left?")
        }
        unsafe self.pointer = pointer
        self.answer = answer
    }

    deinit { unsafe curl_easy_cleanup(pointer) }
}
