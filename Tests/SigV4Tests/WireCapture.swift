import FoundationEssentials
import Secrets
import SigV4
import TestTraits
import Testing

/// One exchange between boto3 and moto, captured on loopback.
struct WireCapture {
    let request: RequestText

    static let folder = "data/aws-wire"
    static let names = SharedFolder.names(in: folder).filter { $0.hasSuffix(".txt") }

    init(_ name: String) throws {
        let text = try SharedFolder.text("\(Self.folder)/\(name)")
        let end = text.firstRange(of: "\n---- HTTP")?.lowerBound ?? text.endIndex
        request = try RequestText(String(text[..<end]))
    }

    /// The secrets that stand in the answers, by access key ID.
    static let issuedSecrets = Dictionary(
        names.compactMap { name -> (String, String)? in
            // A file that cannot be read fails the tests that read it.
            guard let text = try? SharedFolder.text("\(folder)/\(name)"),
                let id = element("AccessKeyId", of: text), let secret = element("SecretAccessKey", of: text)
            else { return nil }
            return (id, secret)
        }
    ) { first, _ in first }

    private static func element(_ name: String, of text: String) -> String? {
        guard let start = text.firstRange(of: "<\(name)>"), let end = text.firstRange(of: "</\(name)>")
        else { return nil }
        return String(text[start.upperBound..<end.lowerBound])
    }

    /// nil for the one call that is made without credentials.
    var authorization: String? { request.header("authorization") }

    /// Signs the same request again with `secretAccessKey`, all else as `authorization` says it was.
    func authorization(signedWith secretAccessKey: String) throws -> String {
        // AWS4-HMAC-SHA256 Credential=ID/DATE/REGION/SERVICE/aws4_request, SignedHeaders=A;B, Signature=HEX
        let words = try #require(authorization).split { " ,=".contains($0) }.map(String.init)
        let credential = words[2].split(separator: "/").map(String.init)
        let signed = words[4].split(separator: ";").map(String.init)
        let signer = Signer(
            credentials: AWSCredentials(
                accessKeyID: credential[0],
                secretAccessKey: Secret(secretAccessKey),
                sessionToken: request.header("x-amz-security-token").map { Secret($0) }
            ),
            scope: SigningScope(
                sinceEpoch: try Self.sinceEpoch(try #require(request.header("x-amz-date"))),
                region: credential[2],
                service: credential[3]
            )
        )
        let unsigned = UnsignedRequest(
            method: request.method,
            path: request.path,
            query: request.query,
            headers: request.headers.filter { signed.contains($0.name.lowercased()) },
            body: request.body
        )
        return try #require(try signer.headers(for: unsigned).last).value.reveal()
    }

    private static func sinceEpoch(_ date: String) throws -> Duration {
        let digits = Array(date)
        let groups = [0..<4, 4..<6, 6..<11, 11..<13, 13..<16].map { String(digits[$0]) }
        let text = groups[0...2].joined(separator: "-") + ":" + groups[3...4].joined(separator: ":")
        return .seconds(try Date(text, strategy: .iso8601).timeIntervalSince1970)
    }
}
