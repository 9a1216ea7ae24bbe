/// When, where and for which service a signature is good.
///
/// Source: "credential scope" in
/// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-signing-elements.html.
package struct SigningScope: Hashable, Sendable {
    /// Wall time since 1970-01-01 00:00 UTC; AWS refuses what is more than about five minutes off.
    package let sinceEpoch: Duration

    /// Such as `us-east-1`.
    package let region: String

    /// The service's signing name, such as `elasticloadbalancing` or `rds-db`.
    package let service: String

    /// Puts the parts together.
    package init(sinceEpoch: Duration, region: String, service: String) {
        self.sinceEpoch = sinceEpoch
        self.region = region
        self.service = service
    }

    /// The second as AWS writes it, rounded down: `20150830T123600Z`.
    ///
    /// A time outside of the years 1970 to 9999 becomes the nearest inside: AWS refuses either.
    package var amzDate: String {
        // By arithmetic: a formatter may follow a locale or another calendar.
        let seconds = min(max(sinceEpoch, .zero), Self.latest).components.seconds
        let (days, second) = seconds.quotientAndRemainder(dividingBy: 86_400)
        let (year, month, day) = Self.civilDate(daysSinceEpoch: days)
        let date = padded(year, 4) + padded(month, 2) + padded(day, 2)
        return "\(date)T\(padded(second / 3600, 2))\(padded(second / 60 % 60, 2))\(padded(second % 60, 2))Z"
    }

    /// The day in UTC: `20150830`.
    package var date: String { String(amzDate.prefix(8)) }

    /// The scope as it is signed and sent: `20150830/us-east-1/iam/aws4_request`.
    package var text: String { "\(date)/\(region)/\(service)/aws4_request" }

    /// 9999-12-31 23:59:59 UTC, the last second whose year has four digits.
    private static let latest = Duration.seconds(253_402_300_799)

    /// The Gregorian date, for days from 0 on.
    ///
    /// Source: `civil_from_days` in https://howardhinnant.github.io/date_algorithms.html.
    private static func civilDate(daysSinceEpoch: Int64) -> (year: Int64, month: Int64, day: Int64) {
        // Years begin in March here, so that a leap day is the last of its year.
        let (era, dayOfEra) = (daysSinceEpoch + 719_468).quotientAndRemainder(dividingBy: 146_097)
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthFromMarch = (5 * dayOfYear + 2) / 153
        let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
        return (
            year: era * 400 + yearOfEra + (month <= 2 ? 1 : 0),
            month: month,
            day: dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
        )
    }

    private func padded(_ number: Int64, _ width: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(width - digits.count, 0)) + digits
    }
}
