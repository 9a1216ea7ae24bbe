import CCurl

extension CurlHandle {
    /// Does one request; blocks its thread until the answer is there or `end` has come.
    ///
    /// `deadline` is the time that `end` is the end of. `isAbandoned` is asked now and then; true ends the
    /// request.
    static func send(
        _ request: HTTPRequest,
        until end: ContinuousClock.Instant,
        _ deadline: Duration,
        _ settings: CurlSettings,
        isAbandoned: @escaping () -> Bool
    ) throws(HTTPError) -> HTTPResponse {
        let remaining = ContinuousClock.now.duration(to: end)
        guard remaining > .zero else { throw .timeout(request, deadline) }
        let answer = CurlAnswer(settings, isAbandoned: isAbandoned)
        let handle = try CurlHandle(for: request, filling: answer)
        try handle.configure(for: request, within: remaining, settings)
        let headers = try CurlHeaders(of: request)
        let (code, text) = handle.perform(request, headers)
        guard code == CURLE_OK else {
            if let limit = answer.passedLimit {
                throw HTTPError(request, .tooLarge, "the answer is larger than \(limit) bytes")
            }
            if code == CURLE_OPERATION_TIMEDOUT { throw .timeout(request, deadline) }
            // With a proxy, libcurl's own words may repeat its URL with the password.
            let isDirect = settings.proxies.proxy(for: request.endpoint) == nil
            throw HTTPError(request, code, isDirect ? text : nil)
        }
        var status = 0
        _ = unsafe hostcached_curl_get_long(handle.pointer, CURLINFO_RESPONSE_CODE, &status)
        return HTTPResponse(status: status, headers: answer.headers, body: answer.body)
    }

    /// Everything that libcurl keeps a pointer to lives as long as this call.
    private borrowing func perform(
        _ request: HTTPRequest,
        _ headers: borrowing CurlHeaders
    ) -> (CURLcode, String) {
        _ = unsafe hostcached_curl_set_headers(pointer, headers.list)
        let context = unsafe Unmanaged.passUnretained(answer).toOpaque()
        unsafe setCallbacks(context)
        return unsafe withUnsafeTemporaryAllocation(of: CChar.self, capacity: Int(CURL_ERROR_SIZE)) { text in
            unsafe text.initialize(repeating: 0)
            _ = unsafe hostcached_curl_set_pointer(pointer, CURLOPT_ERRORBUFFER, text.baseAddress)
            defer { _ = unsafe hostcached_curl_set_pointer(pointer, CURLOPT_ERRORBUFFER, nil) }
            let code = perform(request)
            let words = unsafe text[0] == 0 ? curl_easy_strerror(code) : UnsafePointer(text.baseAddress)
            return (code, unsafe words.map { unsafe String(cString: $0) } ?? "")
        }
    }

    private borrowing func perform(_ request: HTTPRequest) -> CURLcode {
        guard request.method != "GET" || !request.body.isEmpty else {
            return unsafe curl_easy_perform(pointer)
        }
        return unsafe request.body.withUnsafeBytes { body in
            _ = set(CURLOPT_POST, 1)
            _ = set(CURLOPT_CUSTOMREQUEST, request.method)
            _ = unsafe hostcached_curl_set_size(pointer, CURLOPT_POSTFIELDSIZE_LARGE, curl_off_t(body.count))
            // Never null, because libcurl would ask a callback for the body then.
            var nothing: CChar = 0
            return unsafe withUnsafeMutablePointer(to: &nothing) { nothing in
                let start = unsafe body.baseAddress.map { unsafe UnsafeMutableRawPointer(mutating: $0) }
                _ = unsafe hostcached_curl_set_pointer(
                    pointer,
                    CURLOPT_POSTFIELDS,
                    start ?? UnsafeMutableRawPointer(nothing)
                )
                return unsafe curl_easy_perform(pointer)
            }
        }
    }

    private borrowing func setCallbacks(_ context: UnsafeMutableRawPointer) {
        _ = unsafe hostcached_curl_set_pointer(pointer, CURLOPT_HEADERDATA, context)
        _ = unsafe hostcached_curl_set_writer(pointer, CURLOPT_HEADERFUNCTION) {
            bytes,
            size,
            count,
            context in
            let line = unsafe UnsafeRawBufferPointer(start: bytes, count: size * count)
            return unsafe CurlAnswer.of(context).takeHeader(Array(line)) ? size * count : 0
        }
        _ = unsafe hostcached_curl_set_pointer(pointer, CURLOPT_WRITEDATA, context)
        _ = unsafe hostcached_curl_set_writer(pointer, CURLOPT_WRITEFUNCTION) { bytes, size, count, context in
            let piece = unsafe UnsafeRawBufferPointer(start: bytes, count: size * count)
            return unsafe CurlAnswer.of(context).takeBody(piece) ? size * count : 0
        }
        _ = set(CURLOPT_NOPROGRESS, 0)
        _ = unsafe hostcached_curl_set_pointer(pointer, CURLOPT_XFERINFODATA, context)
        _ = unsafe hostcached_curl_set_progress(pointer) { context, _, _, _, _ in
            unsafe CurlAnswer.of(context).shouldStop ? 1 : 0
        }
    }
}

extension CurlAnswer {
    /// What libcurl was given as context, back again.
    fileprivate static func of(_ context: UnsafeMutableRawPointer?) -> CurlAnswer {
        guard let context = unsafe context else {
            fatalError("libcurl calls back with the context it was given, and it was given one")
        }
        return unsafe Unmanaged<CurlAnswer>.fromOpaque(context).takeUnretainedValue()
    }
}
