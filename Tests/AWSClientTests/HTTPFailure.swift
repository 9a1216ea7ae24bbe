import AWSClient

/// Why a request got no answer, or nil when it got one.
func failure(
    of transport: HTTPTransport,
    _ request: HTTPRequest,
    within deadline: Duration = .seconds(60)
) async -> HTTPError? {
    do throws(HTTPError) {
        _ = try await transport.send(request, deadline)
        return nil
    } catch {
        return error
    }
}
