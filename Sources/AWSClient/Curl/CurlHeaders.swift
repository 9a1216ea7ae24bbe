import CCurl
import Secrets

/// Owns a list of header lines and frees it exactly once.
@safe struct CurlHeaders: ~Copyable {
    private(set) var list: UnsafeMutablePointer<curl_slist>?

    /// The request's headers as they are, and none of libcurl's own but the content's length.
    init(of request: HTTPRequest) throws(HTTPError) {
        unsafe list = nil
        var lines = request.headers.map { "\($0.name): \($0.value.reveal())" }
        // Without these, libcurl waits for "100 Continue" before a long body, and calls any body a form.
        for name in ["Expect", "Accept", "Content-Type"]
        where !request.headers.contains(where: { $0.name.lowercased() == name.lowercased() }) {
            lines.append("\(name):")
        }
        for line in lines {
            guard let longer = unsafe curl_slist_append(list, line) else {
                throw HTTPError(request, .other, "libcurl is out of memory")
            }
            unsafe list = longer
        }
    }

    deinit { unsafe curl_slist_free_all(list) }
}
