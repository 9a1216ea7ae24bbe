/// The path as it is signed.
///
/// It is encoded once more than it is sent ("double encoding"): AWS's rule for every service but S3.
/// Source: "Canonical URI" in
/// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html.
struct CanonicalPath: Hashable, Sendable {
    let text: String

    init(_ path: String, normalized: Bool) {
        let kept = normalized ? Self.withoutDotSegments(path) : path
        text = kept.isEmpty ? "/" : URIEncoding.encodePath(kept)
    }

    /// Resolves `.` and `..` and joins repeated slashes.
    ///
    /// A dot segment at the end leaves no slash behind, unlike in RFC 3986 section 5.2.4: so do botocore
    /// (`remove_dot_segments`) and aws-c-auth.
    private static func withoutDotSegments(_ path: String) -> String {
        // By bytes: a combining mark would make one `Character` of a slash and itself.
        let slash = UInt8(ascii: "/")
        var segments: [String] = []
        for segment in path.utf8.split(separator: slash).map({ String(decoding: $0, as: UTF8.self) }) {
            switch segment {
            case ".": break
            case "..": _ = segments.popLast()
            default: segments.append(segment)
            }
        }
        let end = path.utf8.last == slash && !segments.isEmpty ? "/" : ""
        return "/" + segments.joined(separator: "/") + end
    }
}
