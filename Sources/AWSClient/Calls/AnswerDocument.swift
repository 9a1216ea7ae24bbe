/// What an answer says besides its result: an error, if it is one, and the number of the request.
struct AnswerDocument {
    /// Nil when the answer is no XML.
    let root: XMLElement?
    /// Nil when the answer is no error, or one without a code.
    let code: String?
    /// The service's words in one line; without any, what the answer looks like.
    let message: String
    let requestID: String?

    init(_ answer: HTTPResponse) {
        let headerID = answer[header: "x-amzn-requestid"] ?? answer[header: "x-amz-request-id"]
        do throws(XMLError) {
            let root = try XMLElement(reading: answer.body)
            // ELB has Error in the root; moto and EC2 put one more element, Errors, around it.
            let error = root["Error"] ?? root["Errors"]?["Error"]
            let id = root["RequestId"] ?? root["RequestID"] ?? root["ResponseMetadata"]?["RequestId"]
            self.root = root
            code = error?["Code"].map(\.text.firstLine).flatMap { $0.isEmpty ? nil : $0 }
            message =
                error.map { $0["Message"]?.text.firstLine ?? "" }
                ?? "the answer is neither the result nor an error of AWS's form: <\(root.name)>"
            requestID = (id?.text.firstLine).flatMap { $0.isEmpty ? nil : $0 } ?? headerID
        } catch {
            self.root = nil
            code = nil
            let start = String(decoding: answer.body.prefix(200), as: UTF8.self).firstLine
            message = "the answer is \(error)" + (start.isEmpty ? "" : ": \(start)")
            requestID = headerID
        }
    }
}

extension String {
    /// The first line that holds something, at most 500 characters long and without control characters.
    ///
    /// What follows a line break in AWS's words is long and can be secret: "The Canonical String for this
    /// request should have been" repeats the session token.
    fileprivate var firstLine: String {
        let line = split(whereSeparator: \.isNewline).lazy.map { $0.drop(while: \.isWhitespace) }
            .first { !$0.isEmpty }
        let scalars = (line?.prefix(500) ?? "").unicodeScalars.filter {
            $0.properties.generalCategory != .control
        }
        return String(String.UnicodeScalarView(scalars))
    }
}
