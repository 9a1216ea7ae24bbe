/// A service's wish to be left alone for a while.
package enum RetryAfter: Hashable, Sendable {
    /// From AWS's own header `x-amz-retry-after`, which has milliseconds.
    case amazon(Duration)
    /// From HTTP's `Retry-After`, which has seconds or a date.
    case http(Duration)

    /// Reads an answer's headers; nil when there is no such wish, or none that makes sense.
    init?(_ answer: HTTPResponse, receivedAt wall: Duration) {
        if let text = answer[header: "x-amz-retry-after"], let milliseconds = Int32(text), milliseconds >= 0 {
            self = .amazon(.milliseconds(milliseconds))
        } else if let text = answer[header: "retry-after"] {
            if let seconds = Int32(text), seconds >= 0 {
                self = .http(.seconds(seconds))
            } else if let date = HTTPDate.parse(text) {
                // By the answer's own date, as our clock may be wrong.
                let now = HTTPDate.parse(answer[header: "date"] ?? "") ?? wall
                self = .http(max(.zero, date - now))
            } else {
                return nil
            }
        } else {
            return nil
        }
    }
}
