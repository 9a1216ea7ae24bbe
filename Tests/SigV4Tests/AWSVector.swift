import FoundationEssentials
import Secrets
import SigV4
import TestTraits

/// One case of AWS's signing test suite (awslabs/aws-c-auth, `tests/aws-signing-test-suite/v4`).
struct AWSVector {
    private struct Context: Decodable {
        struct Credentials: Decodable {
            let accessKeyId: String
            let secretAccessKey: String
            let token: String?
        }

        let credentials: Credentials
        let expirationInSeconds: Int64
        let normalize: Bool
        let omitSessionToken: Bool?
        let region: String
        let service: String
        let signBody: Bool
        let timestamp: Date
    }

    let name: String
    let signer: Signer
    let expires: Duration
    let request: RequestText
    private let signsBody: Bool

    static let folder = "data/sigv4/v4"
    static let names = SharedFolder.names(in: folder)

    init(_ name: String) throws {
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        decoder.dateDecodingStrategy = .iso8601
        let context = try decoder.decode(
            Context.self,
            from: Data(SharedFolder.text("\(Self.folder)/\(name)/context.json").utf8)
        )
        self.name = name
        signer = Signer(
            credentials: AWSCredentials(
                accessKeyID: context.credentials.accessKeyId,
                secretAccessKey: Secret(context.credentials.secretAccessKey),
                sessionToken: context.credentials.token.map { Secret($0) }
            ),
            scope: SigningScope(
                sinceEpoch: .seconds(context.timestamp.timeIntervalSince1970),
                region: context.region,
                service: context.service
            ),
            options: SigningOptions(
                normalizesPath: context.normalize,
                sessionToken: context.omitSessionToken == true ? .addedUnsigned : .signed
            )
        )
        expires = .seconds(context.expirationInSeconds)
        signsBody = context.signBody
        request = try RequestText(SharedFolder.text("\(Self.folder)/\(name)/request.txt"))
    }

    /// The text of one of the case's files.
    func text(_ file: String) throws -> String {
        try SharedFolder.text("\(Self.folder)/\(name)/\(file).txt")
    }

    /// The request to sign in headers: some cases carry the digest of the body as S3 wants it.
    var headerRequest: UnsignedRequest {
        get throws {
            let digest = signsBody ? [NamedValue("x-amz-content-sha256", try SHA256.hex(request.body))] : []
            return unsigned(headers: request.headers + digest)
        }
    }

    /// The request to presign.
    var queryRequest: UnsignedRequest { unsigned(headers: request.headers) }

    private func unsigned(headers: [NamedValue]) -> UnsignedRequest {
        UnsignedRequest(
            method: request.method,
            path: request.path,
            query: request.query,
            headers: headers,
            body: request.body
        )
    }
}
