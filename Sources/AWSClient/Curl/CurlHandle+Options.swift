import CCurl
import Secrets

extension CurlHandle {
    /// Refuses what could smuggle a second header or request into a request.
    static func check(_ request: HTTPRequest) throws(HTTPError) {
        func isPlain(_ text: String) -> Bool { text.utf8.allSatisfy { (0x20..<0x7f).contains($0) } }
        func isToken(_ text: String) -> Bool {
            !text.isEmpty && text.utf8.allSatisfy { (0x21..<0x7f).contains($0) && $0 != UInt8(ascii: ":") }
        }
        guard isToken(request.method) else { throw .refused(request, "the method is not a word") }
        guard request.path.hasPrefix("/"), isPlain(request.path), !request.path.contains(" ") else {
            throw .refused(request, "the path does not start with a slash or is not percent-encoded")
        }
        for header in request.headers {
            guard isToken(header.name) else { throw .refused(request, "a header has no proper name") }
            // libcurl takes "Name:" for an order to leave the header out.
            guard !header.value.reveal().isEmpty, isPlain(header.value.reveal()) else {
                throw .refused(request, "the value of header \(header.name) is empty or not plain ASCII")
            }
        }
    }

    /// Sets everything but the callbacks, the headers and the body.
    borrowing func configure(
        for request: HTTPRequest,
        within deadline: Duration,
        _ settings: CurlSettings
    ) throws(HTTPError) {
        let proxy = settings.proxies.proxy(for: request.endpoint)
        let results = [
            set(CURLOPT_URL, "\(request.endpoint)\(request.path)"),
            // Only what the endpoint says, whatever else libcurl was built for.
            set(CURLOPT_PROTOCOLS_STR, request.endpoint.scheme.rawValue),
            set(CURLOPT_FOLLOWLOCATION, 0),
            set(CURLOPT_HTTP_VERSION, Int(CURL_HTTP_VERSION_1_1)),
            set(CURLOPT_SSLVERSION, Int(CURL_SSLVERSION_TLSv1_2)),
            set(CURLOPT_SSL_VERIFYPEER, 1),
            set(CURLOPT_SSL_VERIFYHOST, 2),
            // curl_easy_setopt(3): signals are no way to end a name resolution where there are threads.
            set(CURLOPT_NOSIGNAL, 1),
            set(CURLOPT_TIMEOUT_MS, deadline.wholeMilliseconds),
            set(CURLOPT_USERAGENT, "hostcached"),
            // An empty text, because libcurl looks into the environment without one.
            set(CURLOPT_PROXY, proxy?.reveal() ?? ""),
            set(CURLOPT_NOPROXY, proxy == nil ? "*" : settings.proxies.exceptions),
            set(CURLOPT_SUPPRESS_CONNECT_HEADERS, 1),
            settings.caFile.map { set(CURLOPT_CAINFO, $0) } ?? CURLE_OK,
        ]
        if let failed = results.first(where: { $0 != CURLE_OK }) {
            throw .refused(
                request,
                "libcurl cannot do it: \(unsafe String(cString: curl_easy_strerror(failed)))"
            )
        }
    }

    borrowing func set(_ option: CURLoption, _ value: Int) -> CURLcode {
        unsafe hostcached_curl_set_long(pointer, option, value)
    }

    /// Sets a text, which libcurl copies.
    borrowing func set(_ option: CURLoption, _ value: String) -> CURLcode {
        unsafe hostcached_curl_set_text(pointer, option, value)
    }
}

extension HTTPError {
    fileprivate static func refused(_ request: HTTPRequest, _ reason: String) -> Self {
        Self(request, .refused, reason)
    }
}

extension Duration {
    /// Rounded up, and at least 1, because 0 is no limit at all for libcurl.
    fileprivate var wholeMilliseconds: Int {
        let (seconds, attoseconds) = components
        guard seconds < 1 << 31 else { return Int(Int32.max) }
        let milliseconds = seconds * 1000 + (attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000
        return Int(max(1, min(milliseconds, Int64(Int32.max))))
    }
}
