/// What an `Authorization` header says about itself.
struct SignatureClaim: Hashable, Sendable {
    let accessKeyID: String
    /// Day, region, service and `aws4_request`.
    let scope: [String]
    /// In lower case.
    let signedHeaders: [String]
    /// Hexadecimal digits.
    let signature: String

    /// Reads `AWS4-HMAC-SHA256 Credential=ID/SCOPE, SignedHeaders=A;B, Signature=HEX`, else nil.
    init?(authorization: String) {
        let algorithm = "AWS4-HMAC-SHA256 "
        guard authorization.hasPrefix(algorithm) else { return nil }
        var parts: [String: String] = [:]
        for part in authorization.dropFirst(algorithm.count).split(separator: ",") {
            let halves = part.drop { $0 == " " }.split(separator: "=", maxSplits: 1)
            guard halves.count == 2 else { return nil }
            parts[String(halves[0])] = String(halves[1])
        }
        guard let credential = parts["Credential"]?.split(separator: "/").map(String.init),
            let accessKeyID = credential.first,
            let signedHeaders = parts["SignedHeaders"],
            let signature = parts["Signature"]
        else { return nil }
        self.accessKeyID = accessKeyID
        scope = Array(credential.dropFirst())
        self.signedHeaders = signedHeaders.split(separator: ";").map { $0.lowercased() }
        self.signature = signature
    }
}
