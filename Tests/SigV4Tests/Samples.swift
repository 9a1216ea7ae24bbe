import Secrets
import SigV4

extension AWSCredentials {
    /// The key of AWS's own examples.
    static let example = example(sessionToken: nil)

    static func example(sessionToken: String?) -> Self {
        Self(
            accessKeyID: "AKIDEXAMPLE",
            secretAccessKey: Secret("wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"),
            sessionToken: sessionToken.map { Secret($0) }
        )
    }
}

extension SigningScope {
    /// 2015-08-30 12:36:00 UTC, the time of AWS's own examples.
    static func example(region: String = "us-east-1", service: String = "iam") -> Self {
        Self(sinceEpoch: .seconds(1_440_938_160), region: region, service: service)
    }
}

extension UnsignedRequest {
    /// The example that AWS's pages follow through the steps.
    static let listUsers = Self(
        method: "GET",
        path: "/",
        query: [NamedValue("Action", "ListUsers"), NamedValue("Version", "2010-05-08")],
        headers: [
            NamedValue("Host", "iam.amazonaws.com"),
            NamedValue("Content-Type", "application/x-www-form-urlencoded; charset=utf-8"),
            NamedValue("X-Amz-Date", "20150830T123600Z"),
        ],
        body: []
    )

    /// A plain GET of `path`.
    static func get(
        _ path: String = "/",
        query: [NamedValue] = [],
        headers: [NamedValue] = [NamedValue("Host", "example.amazonaws.com")]
    ) -> Self {
        Self(method: "GET", path: path, query: query, headers: headers, body: [])
    }
}
