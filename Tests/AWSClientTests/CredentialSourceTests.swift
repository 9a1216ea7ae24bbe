import AWSClient
import Secrets
import SigV4
import Testing

@Suite(.timeLimit(.minutes(5))) struct CredentialSourceTests {
    @Test(arguments: ["", " ", nil, "TopSecretToken"] as [String?])
    func `the environment gives key, secret and token, a blank one being none`(_ token: String?) async throws
    {
        var environment = ["AWS_ACCESS_KEY_ID": "AKIA", "AWS_SECRET_ACCESS_KEY": "TopSecretKey"]
        environment["AWS_SESSION_TOKEN"] = token
        let credentials = try await CredentialSource.environment(environment).load()
        #expect(
            credentials
                == AWSCredentials(
                    accessKeyID: "AKIA",
                    secretAccessKey: Secret("TopSecretKey"),
                    sessionToken: token == "TopSecretToken" ? Secret("TopSecretToken") : nil
                )
        )
    }

    @Test(
        arguments: [
            ([:], true, "set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY"),
            (
                ["AWS_ACCESS_KEY_ID": " ", "AWS_SECRET_ACCESS_KEY": "", "AWS_SESSION_TOKEN": "x"], true,
                "set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY"
            ),
            (
                ["AWS_ACCESS_KEY_ID": "AKIA"], false,
                "set AWS_SECRET_ACCESS_KEY too, as AWS_ACCESS_KEY_ID is set"
            ),
            (
                ["AWS_SECRET_ACCESS_KEY": "TopSecretKey"], false,
                "set AWS_ACCESS_KEY_ID too, as AWS_SECRET_ACCESS_KEY is set"
            ),
        ] as [([String: String], Bool, String)]
    )
    func `half of a pair is an error, and none of it is no setup at all`(
        _ environment: [String: String],
        _ isNotConfigured: Bool,
        _ message: String
    ) async {
        let error = CredentialError(
            source: "environment",
            isNotConfigured: isNotConfigured,
            message: message
        )
        await #expect(throws: error) { try await CredentialSource.environment(environment).load() }
        #expect("\(error)" == "no credentials from the environment: \(message)")
    }

    @Test func `no text of a source shows a secret`() {
        let source = CredentialSource.environment([
            "AWS_ACCESS_KEY_ID": "AKIA", "AWS_SECRET_ACCESS_KEY": "TopSecretKey",
            "AWS_SESSION_TOKEN": "TopSecretToken",
        ])
        var text = "\(source) \(String(reflecting: source))"
        dump(source, to: &text)
        #expect(!text.contains("TopSecret"))
    }
}
