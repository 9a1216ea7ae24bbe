/// What has come back so far on one handle, for libcurl's callbacks.
final class CurlAnswer {
    private let settings: CurlSettings
    private let isAbandoned: () -> Bool
    private var headerBytes = 0
    private(set) var headers: [HTTPResponse.Header] = []
    private(set) var body: [UInt8] = []
    /// The limit that cut the answer short, in bytes; nil when none did.
    private(set) var passedLimit: Int?

    /// Keeps to the limits; `isAbandoned` is asked about once a second, and more often while data comes.
    init(_ settings: CurlSettings, isAbandoned: @escaping () -> Bool) {
        self.settings = settings
        self.isAbandoned = isAbandoned
    }

    /// Whether libcurl should give up.
    var shouldStop: Bool { isAbandoned() }

    /// Takes a header line with its line end; false when there are too many.
    func takeHeader(_ bytes: [UInt8]) -> Bool {
        headerBytes += bytes.count
        guard headerBytes <= settings.largestHeaders else {
            passedLimit = settings.largestHeaders
            return false
        }
        let line = String(decoding: bytes, as: UTF8.self)
        // Each answer before the last one, such as "100 Continue", has headers of its own.
        if line.hasPrefix("HTTP/") { headers = [] }
        if let colon = line.firstIndex(of: ":") {
            let value = line[line.index(after: colon)...].trimmed
            headers.append(HTTPResponse.Header(String(line[..<colon].trimmed), String(value)))
        }
        return true
    }

    /// Takes a piece of the content; false when it is too much.
    func takeBody(_ bytes: some Collection<UInt8>) -> Bool {
        guard bytes.count <= settings.largestAnswer - body.count else {
            passedLimit = settings.largestAnswer
            return false
        }
        body += bytes
        return true
    }
}

extension Substring {
    fileprivate var trimmed: Substring {
        var rest = drop(while: \.isWhitespace)
        while rest.last?.isWhitespace == true { rest.removeLast() }
        return rest
    }
}
