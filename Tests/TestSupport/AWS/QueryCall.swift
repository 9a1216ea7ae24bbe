/// A call of AWS's query protocol, read from a form body.
struct QueryCall: Hashable, Sendable {
    /// The name of the operation.
    let action: String
    /// The date of the interface, such as `2015-12-01`.
    let version: String
    /// Every other parameter.
    let parameters: [String: String]

    /// Reads a body of type `application/x-www-form-urlencoded`.
    ///
    /// Throws ``ServiceError`` for what is not such a form, for a parameter given twice (AWS takes one of
    /// them; no client means to do that), and when there is no action.
    init(form body: [UInt8]) throws(ServiceError) {
        var parameters: [String: String] = [:]
        for pair in body.split(separator: UInt8(ascii: "&")) {
            let halves = pair.split(
                separator: UInt8(ascii: "="),
                maxSplits: 1,
                omittingEmptySubsequences: false
            )
            guard halves.count == 2, let name = Self.decoded(halves[0]), let value = Self.decoded(halves[1]),
                parameters.updateValue(value, forKey: name) == nil
            else {
                throw ServiceError(
                    status: 404,
                    code: "MalformedQueryString",
                    message: "The query string contains a syntax error."
                )
            }
        }
        guard let action = parameters.removeValue(forKey: "Action") else {
            throw ServiceError(
                status: 400,
                code: "MissingAction",
                message: "The request is missing an action or a required parameter."
            )
        }
        self.action = action
        version = parameters.removeValue(forKey: "Version") ?? ""
        self.parameters = parameters
    }

    /// The text of a percent-encoded half, nil when it is none.
    private static func decoded(_ bytes: some Collection<UInt8>) -> String? {
        var result: [UInt8] = []
        var rest = Array(bytes)[...]
        while let byte = rest.popFirst() {
            switch byte {
            case UInt8(ascii: "+"):
                result.append(UInt8(ascii: " "))
            case UInt8(ascii: "%"):
                let digits = String(decoding: rest.prefix(2), as: UTF8.self)
                guard digits.utf8.count == 2, let value = UInt8(digits, radix: 16) else { return nil }
                result.append(value)
                rest = rest.dropFirst(2)
            default:
                result.append(byte)
            }
        }
        return String(validating: result, as: UTF8.self)
    }
}
