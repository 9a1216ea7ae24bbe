import Glibc
import Synchronization

/// How long a connect may wait, each time that it has to.
///
/// A host may have several addresses, and one that does not answer must leave time for the others: each gets its
/// share of what is left of the connect timeout.
struct ConnectWaits {
    private let end: ContinuousClock.Instant
    /// Addresses not yet tried.
    private var addresses: Int

    /// Begins now; asks the name service how many addresses there are where that is not known, which blocks.
    init(for endpoint: Endpoint) {
        end = .now + endpoint.connectTimeout
        addresses =
            switch endpoint.address {
            case .tcp: Self.count(endpoint.hostToConnect)
            case .socket: 1
            }
    }

    /// The next wait on `socket`, in milliseconds for poll(2).
    mutating func next(on socket: Int32) -> Int32 {
        let rest = max(.zero, end - .now)
        if addresses > 1, Self.isConnecting(socket) {
            defer { addresses -= 1 }
            return Self.milliseconds(rest / addresses)
        }
        // Longer than the caller waits, whose error is the clearer one.
        return Self.milliseconds(rest + .seconds(2))
    }

    private static func milliseconds(_ duration: Duration) -> Int32 {
        let (seconds, attoseconds) = duration.components
        return Int32(min(seconds, 3_600)) * 1_000 + Int32(attoseconds / 1_000_000_000_000_000)
    }

    /// Whether the socket has no other end yet.
    private static func isConnecting(_ socket: Int32) -> Bool {
        var address = sockaddr_storage()
        var size = socklen_t(MemoryLayout<sockaddr_storage>.size)
        return unsafe withUnsafeMutablePointer(to: &address) { address in
            unsafe address.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                unsafe getpeername(socket, address, &size) != 0 && errno == ENOTCONN
            }
        }
    }

    /// How many addresses a host had, and when it was asked: libmariadb asks once more at each connect, and a name
    /// service that is slow must not use up the time of both.
    private static let known = Mutex<[String: (count: Int, at: ContinuousClock.Instant)]>([:])
    private static let longestKnown = Duration.seconds(600)

    /// How many addresses libmariadb will find, as far as that is known.
    private static func count(_ host: String) -> Int {
        let now = ContinuousClock.now
        if let (count, at) = known.withLock({ $0[host] }), now - at < longestKnown { return count }
        guard let count = ask(host) else { return 1 }
        known.withLock { $0[host] = (count, now) }
        return count
    }

    /// Asks as libmariadb does; nil where there is no answer.
    private static func ask(_ host: String) -> Int? {
        var hints = unsafe addrinfo()
        unsafe hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        unsafe hints.ai_protocol = Int32(IPPROTO_TCP)
        var list: UnsafeMutablePointer<addrinfo>?
        guard unsafe getaddrinfo(host, nil, &hints, &list) == 0 else { return nil }
        defer { unsafe freeaddrinfo(list) }
        var count = 0
        var next = unsafe list
        while let entry = unsafe next {
            count += 1
            unsafe next = entry.pointee.ai_next
        }
        return max(1, count)
    }
}
