import FoundationEssentials
import Secrets
import SigV4
import TestSupport
import TestTraits
import Testing

/// AWS's own client against ``FakeAWS``: it signs, pages and reads XML without any code of ours.
@Suite(.tags(.server), .timeLimit(.minutes(5))) struct BotocoreTests {
    static let script = """
        import sys, boto3
        from botocore.config import Config
        from botocore.exceptions import ClientError
        url, arn = sys.argv[1:]
        client = boto3.client("elbv2", region_name="us-east-1", endpoint_url=url,
            config=Config(retries={"mode": "legacy", "max_attempts": 0}))
        for page in client.get_paginator("describe_target_groups").paginate():
            for group in page["TargetGroups"]:
                print(group["TargetGroupName"], group["HealthCheckIntervalSeconds"], group["LoadBalancerArns"])
        group = client.modify_target_group(TargetGroupArn=arn, HealthCheckIntervalSeconds=300)["TargetGroups"][0]
        print(group["HealthCheckIntervalSeconds"], group["HealthCheckTimeoutSeconds"])
        for target in client.describe_target_health(TargetGroupArn=arn)["TargetHealthDescriptions"]:
            print(target["Target"], target["HealthCheckPort"], target["TargetHealth"])
        print(client.describe_tags(ResourceArns=[arn])["TagDescriptions"][0]["Tags"])
        try:
            client.modify_target_group(TargetGroupArn=arn, HealthCheckIntervalSeconds=301)
        except ClientError as error:
            print(error, error.response["ResponseMetadata"]["RequestId"])
        """

    @Test func `understands every answer`() async throws {
        let environment = ProcessInfo.processInfo.environment.filter { !$0.key.hasPrefix("AWS_") }
        let probe = try await ChildProcess.start(
            "env",
            ["python3", "-c", "import boto3"],
            environment: environment
        )
        guard try await probe.wait() == .code(0) else {
            let reason = "NO BOTO3 on this machine, so this is not tested: run pip install boto3"
            Issue.record("\(reason)", severity: .warning)
            try Test.cancel("\(reason)")
        }
        let credentials = FakeAWSTests.credentials
        try await FakeAWS.with(accepting: [credentials], pageSize: 1, now: WallTime.now) { fake in
            await fake.put(
                TargetGroupState(
                    arn: FakeAWSTests.arn,
                    loadBalancers: [
                        "arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/net/db/67"
                    ],
                    targets: [
                        .init(id: "10.0.1.10", state: "unhealthy", reason: "Target.FailedHealthChecks")
                    ],
                    tags: [.init(key: "team", value: "R&D <dba>")]
                )
            )
            await fake.put(TargetGroupState(arn: FakeAWSTests.arn.replacing("/orders/", with: "/users/")))
            let keys = [
                "AWS_ACCESS_KEY_ID": credentials.accessKeyID,
                "AWS_SECRET_ACCESS_KEY": credentials.secretAccessKey.reveal(),
                "AWS_EC2_METADATA_DISABLED": "true",
            ]
            let output = try await ChildProcess.run(
                "env",
                ["python3", "-c", Self.script, fake.endpoint, FakeAWSTests.arn],
                environment: environment.merging(keys) { _, own in own }
            )
            #expect(
                output == """
                    orders 30 ['arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/net/db/67']
                    users 30 []
                    300 10
                    {'Id': '10.0.1.10', 'Port': 3306} 3306 {'State': 'unhealthy', 'Reason': 'Target.FailedHealthChecks'}
                    [{'Key': 'team', 'Value': 'R&D <dba>'}]
                    An error occurred (ValidationError) when calling the ModifyTargetGroup operation: 1 validation \
                    error detected: Value '301' at 'healthCheckIntervalSeconds' failed to satisfy constraint: Member \
                    must have value less than or equal to 300 00000000-0000-4000-8000-000000000006

                    """
            )
        }
    }
}
