extension FakeAWS {
    /// What is wrong with the service at the moment.
    package struct Faults: Hashable, Sendable {
        /// Something other than an answer of the service.
        package enum Rubbish: Hashable, Sendable, CaseIterable {
            /// Status 503 and a page of HTML, as from a proxy in between.
            case unavailablePage
            /// Status 200 and a page of HTML, as from the login page of a network.
            case loginPage
            /// Status 200 and XML that ends in the middle.
            case truncated
            /// Status 200 and no byte.
            case empty
        }

        /// Nobody listens: connections are refused.
        package var isDown = false
        /// How long every answer waits; the call has taken effect before.
        package var delay = Duration.zero
        /// What every request gets, without taking effect; nil for none.
        package var rubbish: Rubbish?
        /// How many of the next good requests are answered `Throttling`.
        package var throttledRequests = 0
        /// Names of actions, such as `ModifyTargetGroup`, that the policy does not allow.
        package var deniedActions: Set<String> = []
        /// Names of elements, such as `TagDescriptions`, that good answers lack.
        package var omittedElements: Set<String> = []

        /// Whatever is not named is well.
        package init(
            isDown: Bool = false,
            delay: Duration = .zero,
            rubbish: Rubbish? = nil,
            throttledRequests: Int = 0,
            deniedActions: Set<String> = [],
            omittedElements: Set<String> = []
        ) {
            self.isDown = isDown
            self.delay = delay
            self.rubbish = rubbish
            self.throttledRequests = throttledRequests
            self.deniedActions = deniedActions
            self.omittedElements = omittedElements
        }

        /// All is well.
        package static let none = Faults()
    }
}

extension FakeAWS.Faults.Rubbish {
    var status: Int { self == .unavailablePage ? 503 : 200 }

    var contentType: String {
        switch self {
        case .unavailablePage, .loginPage: "text/html"
        case .truncated, .empty: "text/xml"
        }
    }

    var body: String {
        switch self {
        case .unavailablePage:
            "<html><body><h1>503 Service Temporarily Unavailable</h1></body></html>"
        case .loginPage:
            "<!doctype html><html><head><title>Log in<br></head>"
        case .truncated:
            "<DescribeTargetGroupsResponse xmlns=\"\(FakeAWS.namespace)\"><DescribeTargetGroupsResult><TargetGr"
        case .empty:
            ""
        }
    }
}
