import Secrets
import SigV4
import TestTraits
import Testing

/// AWS's own signing test suite, step by step.
@Suite(.needsSharedData) struct AWSVectorTests {
    @Test func `the suite has its 38 cases`() {
        #expect(AWSVector.names.count == 38)
    }

    @Test(arguments: AWSVector.names)
    func `a request signed in its headers is AWS's`(_ name: String) throws {
        let vector = try AWSVector(name)
        let request = try vector.headerRequest
        let steps = try vector.signer.headerSteps(for: request)
        #expect(steps.canonicalRequest.text.reveal() == (try vector.text("header-canonical-request")))
        #expect(steps.stringToSign.text == (try vector.text("header-string-to-sign")))
        #expect(steps.signature.hex.reveal() == (try vector.text("header-signature")))

        let added = try vector.signer.headers(for: request).map { NamedValue($0.name, $0.value.reveal()) }
        let expected = try RequestText(vector.text("header-signed-request"))
        #expect(sorted(request.headers + added) == sorted(expected.headers))
    }

    @Test(arguments: AWSVector.names)
    func `a presigned request is AWS's`(_ name: String) throws {
        let vector = try AWSVector(name)
        let request = vector.queryRequest
        let steps = try vector.signer.presignedSteps(for: request, expires: vector.expires)
        #expect(steps.canonicalRequest.text.reveal() == (try vector.text("query-canonical-request")))
        #expect(steps.stringToSign.text == (try vector.text("query-string-to-sign")))
        #expect(steps.signature.hex.reveal() == (try vector.text("query-signature")))

        let presigned = try vector.signer.presigned(request, expires: vector.expires).reveal()
        let expected = try RequestText(vector.text("query-signed-request"))
        #expect(sorted(try RequestText.parameters(presigned)) == sorted(expected.query))
    }

    private func sorted(_ values: [NamedValue]) -> [NamedValue] {
        values.sorted { ($0.name, $0.value) < ($1.name, $1.value) }
    }
}
