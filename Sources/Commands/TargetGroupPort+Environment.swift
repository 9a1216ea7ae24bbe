import Configuration
import Daemon

extension TargetGroupPort {
    /// The port by configuration and environment.
    ///
    /// An endpoint in the environment that is no URL ends the command with exit code 78, as a wrong configuration does.
    static func ofEnvironment(
        _ aws: DaemonConfiguration.AWS,
        timekeeper: Timekeeper
    ) throws -> TargetGroupPort {
        do {
            return try elbv2(aws, environment: Console.environment, timekeeper: timekeeper)
        } catch {
            Console.problem("the endpoint of AWS in the environment (AWS_ENDPOINT_URL): \(error)")
            throw ExitStatus.configuration
        }
    }
}
