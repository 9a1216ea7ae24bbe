import Secrets
import SigV4
import Testing

/// The same requests signed by botocore 1.43.11.
///
/// Made with `botocore.auth.get_current_datetime` replaced by a function that returns the scope's time, for
/// each request with the credentials of ``AWSCredentials/example``:
///
///     request = AWSRequest(method=…, url=…, data=…); request.headers[…] = …
///     signer = SigV4Auth(credentials, service, region); signer.add_auth(request)
///     del request.headers["Authorization"]
///     canonical = signer.canonical_request(request)
///     signature = signer.signature(signer.string_to_sign(request, canonical), request)
///
/// and for a presigned one `SigV4QueryAuth(credentials, service, region, expires=…).add_auth(request)`, then
/// `request.url`. Parameters go into the URL by `urllib.parse.quote(…, safe="-_.~")`.
@Suite struct BotocoreTests {
    @Test(arguments: answers)
    func `a signed request is botocore's`(_ answer: KnownAnswer) throws {
        let steps = try answer.signer.headerSteps(for: answer.request)
        #expect(steps.canonicalRequest.text.reveal() == answer.canonicalRequest)
        #expect(steps.signature.hex.reveal() == answer.signature)
    }

    @Test(
        arguments: [
            (nil, "&X-Amz-Signature=0fea1f532c549e1b88759745f62448aefd169ddddc474a50f8312a2d33dd0c8c"),
            (
                token,
                "&X-Amz-Security-Token=IQoJb3JpZ2luX2VjEXAMPLE%2F%2Ftoken%2Bwith%2Fsigns%3D%3D"
                    + "&X-Amz-Signature=dc128a994ce0d5fcadd38f64510cae97acf6d5a6eb04304102d90a07f06fc931"
            ),
        ] as [(String?, String)]
    )
    func `a presigned login to RDS is botocore's`(_ token: String?, _ end: String) throws {
        let signer = Signer(
            credentials: .example(sessionToken: token),
            scope: SigningScope(sinceEpoch: .seconds(1_767_323_045), region: "us-east-1", service: "rds-db")
        )
        let request = UnsignedRequest.get(
            query: [NamedValue("Action", "connect"), NamedValue("DBUser", "app user@x")],
            headers: [NamedValue("Host", "db1.cabcdefghijk.us-east-1.rds.amazonaws.com:3306")]
        )
        #expect(
            try signer.presigned(request, expires: .seconds(900)).reveal()
                == "Action=connect&DBUser=app%20user%40x&X-Amz-Algorithm=AWS4-HMAC-SHA256"
                + "&X-Amz-Credential=AKIDEXAMPLE%2F20260102%2Fus-east-1%2Frds-db%2Faws4_request"
                + "&X-Amz-Date=20260102T030405Z&X-Amz-Expires=900&X-Amz-SignedHeaders=host" + end
        )
    }

    @Test func `a presigned request with a header of its own and the longest life is botocore's`() throws {
        let signer = Signer(
            credentials: .example,
            scope: SigningScope(sinceEpoch: .seconds(1_795_373_560), region: "us-east-1", service: "sts")
        )
        let request = UnsignedRequest.get(
            query: [NamedValue("Action", "GetCallerIdentity"), NamedValue("Version", "2011-06-15")],
            headers: [
                NamedValue("Host", "sts.us-east-1.amazonaws.com"), NamedValue("x-k8s-aws-id", "cluster"),
            ]
        )
        #expect(
            try signer.presigned(request, expires: .seconds(604_800)).reveal()
                == "Action=GetCallerIdentity&Version=2011-06-15&X-Amz-Algorithm=AWS4-HMAC-SHA256"
                + "&X-Amz-Credential=AKIDEXAMPLE%2F20261122%2Fus-east-1%2Fsts%2Faws4_request"
                + "&X-Amz-Date=20261122T185240Z&X-Amz-Expires=604800"
                + "&X-Amz-SignedHeaders=host%3Bx-k8s-aws-id"
                + "&X-Amz-Signature=598ed6597454f126a886416ccc4ba90965d8c7d9ecbf7e0987cabaaddb68c0d1"
        )
    }

    static let token = "IQoJb3JpZ2luX2VjEXAMPLE//token+with/signs=="
    static let form = "application/x-www-form-urlencoded; charset=utf-8"

    static let modify = UnsignedRequest.post(
        "elasticloadbalancing.us-east-1.amazonaws.com",
        contentType: form,
        "Action=ModifyTargetGroup&Version=2015-12-01&TargetGroupArn=arn%3Aaws%3Aelasticloadbalancing"
            + "%3Aus-east-1%3A123456789012%3Atargetgroup%2Fdb%2F0123456789abcdef&HealthCheckIntervalSeconds=300"
    )

    static func scope(_ sinceEpoch: Duration, _ region: String, _ service: String) -> SigningScope {
        SigningScope(sinceEpoch: sinceEpoch, region: region, service: service)
    }

    static let answers = [
        KnownAnswer(
            "form body",
            scope(.seconds(1_772_323_199), "us-east-1", "elasticloadbalancing"),
            modify,
            canonicalRequest: """
                POST
                /

                content-type:application/x-www-form-urlencoded; charset=utf-8
                host:elasticloadbalancing.us-east-1.amazonaws.com
                x-amz-date:20260228T235959Z

                content-type;host;x-amz-date
                694b2763fd9bea2d5bebabfd7d68570f93124f4259f4c8e1e951128c9a932a4d
                """,
            signature: "04232f7faa5634a111aaeda5425e23dc55a88ae9742e87d8e2dfdf94babe907c"
        ),
        KnownAnswer(
            "session token",
            scope(.seconds(1_772_323_199), "us-east-1", "elasticloadbalancing"),
            sessionToken: token,
            modify,
            canonicalRequest: """
                POST
                /

                content-type:application/x-www-form-urlencoded; charset=utf-8
                host:elasticloadbalancing.us-east-1.amazonaws.com
                x-amz-date:20260228T235959Z
                x-amz-security-token:IQoJb3JpZ2luX2VjEXAMPLE//token+with/signs==

                content-type;host;x-amz-date;x-amz-security-token
                694b2763fd9bea2d5bebabfd7d68570f93124f4259f4c8e1e951128c9a932a4d
                """,
            signature: "d2a6783687e575d77a0c7c1a076ee62c7c5d8b88f7905f25b5cb90059fb3b3fd"
        ),
        KnownAnswer(
            "empty body on a leap day",
            scope(.seconds(1_709_164_800), "eu-central-1", "sts"),
            .post("sts.eu-central-1.amazonaws.com", ""),
            canonicalRequest: """
                POST
                /

                host:sts.eu-central-1.amazonaws.com
                x-amz-date:20240229T000000Z

                host;x-amz-date
                e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855
                """,
            signature: "7d4cdf2d0670bca03cb43a85861fc682519e13a504d365cfb48a45410cd78ee1"
        ),
        KnownAnswer(
            "utf-8 in a JSON body, last second of a year",
            scope(.seconds(1_798_761_599), "cn-north-1", "secretsmanager"),
            .post(
                "secretsmanager.cn-north-1.amazonaws.com.cn",
                contentType: "application/x-amz-json-1.1",
                target: "secretsmanager.GetSecretValue",
                #"{"SecretId":"prod/größe/数据库/🐬"}"#
            ),
            canonicalRequest: """
                POST
                /

                content-type:application/x-amz-json-1.1
                host:secretsmanager.cn-north-1.amazonaws.com.cn
                x-amz-date:20261231T235959Z
                x-amz-target:secretsmanager.GetSecretValue

                content-type;host;x-amz-date;x-amz-target
                4bd6a0c41a246c22c9c4bfaafb6fad24807e6d18e6bb9a1ef3f2fc2b8f82aa23
                """,
            signature: "d54edd74686b2bd52d60261ae836d6993755358d34a855bed5204a9600ac2896"
        ),
        KnownAnswer(
            "host with a port",
            scope(.seconds(1_798_761_600), "us-east-1", "ec2"),
            .post("127.0.0.1:5000", contentType: form, "Action=DescribeSubnets&Version=2016-11-15"),
            canonicalRequest: """
                POST
                /

                content-type:application/x-www-form-urlencoded; charset=utf-8
                host:127.0.0.1:5000
                x-amz-date:20270101T000000Z

                content-type;host;x-amz-date
                4458b81adb7ad686766b11e1bb41ad4b186e7cfb44c26a0b7ade703866d0fca0
                """,
            signature: "fb18aaea57120cdae8ac1077a1749e618167978a2fcc16433b74cf3fb57a553a"
        ),
        KnownAnswer(
            "utf-8 and repeated names in the query",
            .example(region: "us-west-2"),
            .get(
                query: [
                    NamedValue("Filter", "z"), NamedValue("Filter", "a b+c*"), NamedValue("filter", "~"),
                    NamedValue("e\u{301}", "1"), NamedValue("\u{e9}", "2"), NamedValue("a", ""),
                    NamedValue("a-b", "1"), NamedValue("a=b", "&"),
                ],
                headers: [NamedValue("Host", "iam.amazonaws.com")]
            ),
            canonicalRequest: """
                GET
                /
                %C3%A9=2&Filter=a%20b%2Bc%2A&Filter=z&a=&a%3Db=%26&a-b=1&e%CC%81=1&filter=~
                host:iam.amazonaws.com
                x-amz-date:20150830T123600Z

                host;x-amz-date
                e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855
                """,
            signature: "02ee6a7094e4971c24545ab79a0c72b53ff3c1d3e854d5f3a157ff89514567a8"
        ),
        KnownAnswer(
            "path to normalize and to encode twice, body that is no text",
            .example(region: "us-west-2", service: "service"),
            UnsignedRequest(
                method: "PUT",
                path: "/a%20b/./c//d/../%C3%BC~*:e/",
                query: [],
                headers: [NamedValue("Host", "example.amazonaws.com")],
                body: [0x00, 0xff]
            ),
            canonicalRequest: """
                PUT
                /a%2520b/c/%25C3%25BC~%2A%3Ae/

                host:example.amazonaws.com
                x-amz-date:20150830T123600Z

                host;x-amz-date
                06eb7d6a69ee19e5fbdf749018d3d2abfa04bcbd1365db312eb86dc7169389b8
                """,
            signature: "4a879d48171123ba2c1f3997a72dc0982fd4ca517d7bb4134916c120453ced01"
        ),
        KnownAnswer(
            "dot segment at the end of the path",
            .example(region: "us-west-2", service: "service"),
            .get("/a/b/.."),
            canonicalRequest: """
                GET
                /a

                host:example.amazonaws.com
                x-amz-date:20150830T123600Z

                host;x-amz-date
                e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855
                """,
            signature: "7a43d4af4ab156ba83166a9927d21d8a753152cae38aa28ae596de449d1b7afb"
        ),
        KnownAnswer(
            "repeated, untidy, empty and unsigned headers",
            .example(region: "us-west-2", service: "service"),
            .get(
                headers: [
                    NamedValue("Host", "example.amazonaws.com"), NamedValue("X-B", "  2   3 "),
                    NamedValue("x-a", #""1   2""#), NamedValue("X-B", "1"), NamedValue("User-Agent", "x"),
                    NamedValue("Expect", "100-continue"), NamedValue("x-amzn-trace-id", "y"),
                    NamedValue("X-Empty", ""),
                ]
            ),
            canonicalRequest: """
                GET
                /

                host:example.amazonaws.com
                x-a:"1 2"
                x-amz-date:20150830T123600Z
                x-b:2 3,1
                x-empty:

                host;x-a;x-amz-date;x-b;x-empty
                e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855
                """,
            signature: "60660136931290974835fe3a47ddc339994b8aa21f4a6e3016231f32d16fc633"
        ),
    ]
}
