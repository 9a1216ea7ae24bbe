import CCurl

extension HTTPError {
    /// What libcurl's code means (libcurl-errors(3)), in its own words; nil when those could tell too much.
    init(_ request: HTTPRequest, _ code: CURLcode, _ words: String?) {
        let general =
            unsafe curl_easy_strerror(code).map { unsafe String(cString: $0) } ?? "error \(code.rawValue)"
        let message =
            words ?? "\(general), through the proxy of the environment (https_proxy, http_proxy, all_proxy)"
        self.init(request, Cause(code), message)
    }
}

extension HTTPError.Cause {
    fileprivate init(_ code: CURLcode) {
        self =
            switch code {
            case CURLE_COULDNT_RESOLVE_HOST, CURLE_COULDNT_RESOLVE_PROXY: .nameResolution
            case CURLE_COULDNT_CONNECT, CURLE_PROXY: .connect
            case CURLE_SSL_CONNECT_ERROR, CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CERTPROBLEM,
                CURLE_SSL_CIPHER, CURLE_SSL_CACERT_BADFILE, CURLE_SSL_ISSUER_ERROR:
                .tls
            case CURLE_GOT_NOTHING, CURLE_PARTIAL_FILE, CURLE_SEND_ERROR, CURLE_RECV_ERROR: .cutOff
            // Also what libcurl says to an answer without a status line, as HTTP/0.9 had none.
            case CURLE_UNSUPPORTED_PROTOCOL, CURLE_WEIRD_SERVER_REPLY, CURLE_BAD_CONTENT_ENCODING: .notHTTP
            case CURLE_ABORTED_BY_CALLBACK: .cancelled
            default: .other
            }
    }
}
