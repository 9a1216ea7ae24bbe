import Secrets
import SigV4

extension CredentialSource {
    /// `AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY` and, with temporary credentials, `AWS_SESSION_TOKEN`.
    ///
    /// As in all SDKs a blank variable is a missing one
    /// (https://docs.aws.amazon.com/sdkref/latest/guide/environment-variables.html).
    package static func environment(_ environment: [String: String]) -> CredentialSource {
        func value(_ name: String) -> String? {
            environment[name].flatMap { $0.allSatisfy(\.isWhitespace) ? nil : $0 }
        }
        // Made here, so that the closure keeps no copy of the environment.
        let answer = credentials(
            accessKeyID: value("AWS_ACCESS_KEY_ID"),
            secretAccessKey: value("AWS_SECRET_ACCESS_KEY").map(Secret.init),
            sessionToken: value("AWS_SESSION_TOKEN").map(Secret.init)
        )
        return CredentialSource { () async throws(CredentialError) in try answer.get() }
    }

    private static func credentials(
        accessKeyID: String?,
        secretAccessKey: Secret<String>?,
        sessionToken: Secret<String>?
    ) -> Result<AWSCredentials, CredentialError> {
        func failure(
            _ missing: String,
            isNotConfigured: Bool = false
        ) -> Result<AWSCredentials, CredentialError> {
            .failure(
                CredentialError(
                    source: "environment",
                    isNotConfigured: isNotConfigured,
                    message: "set \(missing)"
                )
            )
        }
        switch (accessKeyID, secretAccessKey) {
        case (let accessKeyID?, let secretAccessKey?):
            return .success(
                AWSCredentials(
                    accessKeyID: accessKeyID,
                    secretAccessKey: secretAccessKey,
                    sessionToken: sessionToken
                )
            )
        case (nil, nil):
            return failure("AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY", isNotConfigured: true)
        case (_?, nil): return failure("AWS_SECRET_ACCESS_KEY too, as AWS_ACCESS_KEY_ID is set")
        case (nil, _?): return failure("AWS_ACCESS_KEY_ID too, as AWS_SECRET_ACCESS_KEY is set")
        }
    }
}
