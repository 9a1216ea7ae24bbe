/// Measures how fast handshake errors come, over flushes, evictions and server restarts.
///
/// The sustained rate is the difference of `COUNT_HANDSHAKE_ERRORS` over at least one span, because health
/// checks come in bursts: six errors in one look, then none in nine.
package struct RateTracker: Sendable {
    private var tracks = AddressTable<Track>()
    /// How many looks were taken: tells rows that were there from those that were not.
    private var looks: UInt64 = 0
    /// The look before, without its rows.
    private var previous: Observation?
    /// Handshake errors seen to arrive since the tracker began, over all addresses; never falls.
    package private(set) var handshakeErrors: UInt64 = 0
    /// Refused connections seen to arrive since the tracker began, over all addresses; never falls.
    package private(set) var blockedConnections: UInt64 = 0

    package init() {}

    /// The shortest time a sustained rate is measured over: two health checks, and ten minutes at least.
    package static func span(interval: Duration) -> Duration {
        max(interval * 2, .seconds(600))
    }

    /// Takes in one look.
    ///
    /// - A counter below its last value, or another `FIRST_SEEN`, starts a new base with the new value as delta.
    /// - A row that was not there before the second look began with no errors: all of its value is delta.
    /// - The counter that stands for any host is only a base whenever it comes into view.
    /// - A vanished row keeps its rate for one span, then is forgotten.
    /// - Where only the fullest rows are read, one that comes into view is only a base, and none has vanished.
    /// - A server restart starts over: what the rows hold came since then.
    package mutating func take(_ observation: Observation, span: Duration) {
        let hasRestarted = previous.map { observation.isAnotherLife(since: $0) } ?? false
        if hasRestarted {
            tracks = AddressTable()
        }
        looks += 1
        let look = looks
        let lastLook = previous?.instant
        let isFirstLook = lastLook == nil
        if isFirstLook { tracks.reserve(observation.rows.count) } else { tracks.index() }
        for (index, row) in observation.rows.enumerated() {
            let base = Count(row)
            let firstError = row.firstErrorAge.map { observation.instant - $0 }
            // A server has one row of each address, so the first look has nothing to find.
            if !isFirstLook, let place = tracks.place(of: row.address, hint: index) {
                let delta = tracks.change(at: place) { track in
                    track.take(base, firstError, at: observation.instant, look: look, span: span)
                }
                add(delta)
            } else if row.handshakeErrors > 0 || row.standsForAnyHost {
                // Before the first look a row's age tells nothing about its rate: it is only a base. So is the
                // counter that stands for any host: it did not begin when it came into view.
                let isBase =
                    isFirstLook || observation.reading == .fullest || row.standsForAnyHost && !hasRestarted
                let delta = isBase ? Delta(errors: 0, blocked: 0) : Delta(base)
                add(delta)
                let began = hasRestarted ? observation.serverStart : lastLook ?? observation.instant
                let since = isBase ? observation.instant : began
                var track = Track(base, delta: delta, since: since, at: observation.instant, look: look)
                track.spendsSince = isBase ? firstError : max(began, firstError ?? began)
                tracks.insert(track, for: row.address)
            }
        }
        forgetVanished(observation, span: span)
        var kept = observation
        kept.rows = []
        previous = kept
    }

    /// The sustained rate of an address; nil until it was watched for a whole span.
    ///
    /// `hint` is the place of its row in the last look, where that is known: it makes the search short.
    package func sustained(
        _ address: String,
        hint: Int? = nil,
        at instant: Duration,
        span: Duration
    ) -> ErrorRate? {
        // At the first look itself nothing is measured, and nothing indexed.
        let isLater = looks > 1 || previous.map { instant > $0.instant } ?? false
        guard isLater, let place = tracks.place(of: address, hint: hint) else { return nil }
        return tracks.entries[place].value.sustained(at: instant, span: span)
    }

    /// Errors of an address since the look before, and how long that was; nil before the second look.
    package func recent(_ address: String) -> (errors: UInt64, elapsed: Duration)? {
        guard looks > 1, let place = tracks.place(of: address) else { return nil }
        return tracks.entries[place].value.recent
    }

    /// Since when what an address has spent has only grown; nil where that is not known.
    ///
    /// The last look that found it at zero or falling, which a login does; before the first of these, the first
    /// error as the look told it that had the row first. So neither errors that a login took away, nor a server
    /// whose clock was set, look like errors that have been adding up for long.
    package func spendsSince(_ address: String) -> Duration? {
        // At the first look nothing is indexed, and the row itself tells as much.
        guard looks > 1, let place = tracks.place(of: address) else { return nil }
        return tracks.entries[place].value.spendsSince
    }

    /// Whether the errors of an address come as evenly as a health check's.
    ///
    /// `hint` as in ``sustained(_:hint:at:span:)``.
    package func isEven(_ address: String, hint: Int? = nil, at instant: Duration) -> Bool {
        guard looks > 1, let place = tracks.place(of: address, hint: hint) else { return false }
        return tracks.entries[place].value.cadence.isEven(at: instant)
    }

    /// The sustained rates of addresses that have no row now; each is kept for one span.
    package func vanished(at instant: Duration, span: Duration) -> [(address: String, rate: ErrorRate)] {
        var vanished: [(address: String, rate: ErrorRate)] = []
        // By index, so that no track is copied.
        for place in tracks.entries.indices where !tracks.entries[place].value.isPresent {
            let (address, track) = tracks.entries[place]
            guard let rate = track.sustained(at: track.lastPresent, span: span) else { continue }
            vanished.append((address, rate))
        }
        return vanished
    }

    private mutating func add(_ delta: Delta) {
        handshakeErrors = handshakeErrors.addingSaturating(delta.errors)
        blockedConnections = blockedConnections.addingSaturating(delta.blocked)
    }

    private mutating func forgetVanished(_ observation: Observation, span: Duration) {
        // Not by a set of the addresses: a full host cache has 65,536.
        let look = looks
        tracks.removeAll { address, track in
            guard track.look != look else { return false }
            if observation.reading != .fullest { track.vanish(at: observation.instant) }
            // The counter that stood for any host says nothing once the hosts are seen themselves.
            return observation.instant - track.lastPresent > span || address == HostCacheRow.anyHost
        }
    }
}

extension RateTracker {
    fileprivate struct Count: Hashable {
        var errors: UInt64
        var spent: UInt64
        var blocked: UInt64
        var firstSeenSecond: Int64?

        init(_ row: HostCacheRow) {
            errors = row.handshakeErrors
            spent = row.spent
            blocked = row.blockedConnections
            firstSeenSecond = row.firstSeenSecond
        }

        /// Whether both lives of the row are known and differ.
        func isOtherLife(than other: Self) -> Bool {
            guard let firstSeenSecond, let second = other.firstSeenSecond else { return false }
            return firstSeenSecond != second
        }

        /// Whether it counts on where `old` stopped, so that the difference came between the two looks.
        func goesOn(from old: Self) -> Bool { errors >= old.errors && !isOtherLife(than: old) }

        /// Whether a login has set to zero what was spent at some moment between the two looks.
        ///
        /// Each error that counts in `COUNT_HANDSHAKE_ERRORS` counts in `SUM_CONNECT_ERRORS` of a validated host too
        /// (`hostname.cc`, `inc_host_errors`), and only a login lowers that one.
        func wasZeroed(since old: Self) -> Bool {
            spent == 0 || spent < old.spent.addingSaturating(errors - old.errors)
        }
    }

    fileprivate struct Delta {
        var errors: UInt64
        var blocked: UInt64

        init(errors: UInt64, blocked: UInt64) {
            self.errors = errors
            self.blocked = blocked
        }

        /// All of a new base.
        init(_ base: Count) {
            self.init(errors: base.errors, blocked: base.blocked)
        }

        init(from old: Count, to new: Count) {
            if new.goesOn(from: old) {
                self.init(
                    errors: new.errors - old.errors,
                    blocked: new.blocked >= old.blocked ? new.blocked - old.blocked : new.blocked
                )
            } else {
                self.init(new)
            }
        }
    }

    fileprivate struct Track: Sendable {
        private var last: Count?
        private var total: UInt64
        /// The oldest sample, and the later ones; apart because most tracks of a full cache have one only.
        private var oldest: (instant: Duration, total: UInt64)
        private var later: [(instant: Duration, total: UInt64)] = []
        private(set) var recent: (errors: UInt64, elapsed: Duration)?
        private(set) var cadence = Cadence()
        private(set) var lastPresent: Duration
        private var lastTaken: Duration
        /// Since when what is spent has only grown; nil where that is not known.
        fileprivate(set) var spendsSince: Duration?
        /// The look that had its row last.
        private(set) var look: UInt64

        init(_ base: Count, delta: Delta, since: Duration, at instant: Duration, look: UInt64) {
            self.look = look
            last = base
            total = delta.errors
            oldest = (since, 0)
            if since < instant {
                later.append((instant, total))
                recent = (delta.errors, instant - since)
                cadence.take(errors: delta.errors, at: instant)
            }
            lastPresent = instant
            lastTaken = instant
        }

        mutating func take(
            _ count: Count,
            _ firstError: Duration?,
            at instant: Duration,
            look: UInt64,
            span: Duration
        ) -> Delta {
            self.look = look
            var count = count
            // Unknown is not another: it would count all earlier errors again.
            count.firstSeenSecond = count.firstSeenSecond ?? last?.firstSeenSecond
            if let last, count.goesOn(from: last) {
                if count.wasZeroed(since: last) { spendsSince = instant }
            } else {
                // A new row, all of whose errors came since the look before.
                spendsSince = max(lastTaken, firstError ?? lastTaken)
            }
            let delta = last.map { Delta(from: $0, to: count) } ?? Delta(count)
            last = count
            total = total.addingSaturating(delta.errors)
            recent = (delta.errors, instant - lastTaken)
            cadence.take(errors: delta.errors, at: instant)
            lastPresent = instant
            lastTaken = instant
            remember(instant, span: span)
            return delta
        }

        var isPresent: Bool { last != nil }

        mutating func vanish(at instant: Duration) {
            // A row that comes back is a new one, even with the same counters.
            last = nil
            recent = (0, instant - lastTaken)
            lastTaken = instant
        }

        func sustained(at instant: Duration, span: Duration) -> ErrorRate? {
            let old =
                later.last { instant - $0.instant >= span }
                ?? (instant - oldest.instant >= span ? oldest : nil)
            return old.flatMap { ErrorRate(errors: total - $0.total, per: instant - $0.instant) }
        }

        /// Keeps about sixteen samples a span, and exactly one older than a span.
        private mutating func remember(_ instant: Duration, span: Duration) {
            if instant - (later.last ?? oldest).instant >= span / 16 {
                later.append((instant, total))
            }
            while let next = later.first, instant - next.instant >= span {
                oldest = next
                later.removeFirst()
            }
        }
    }
}

extension UInt64 {
    /// The sum, or the largest value when it would overflow.
    package func addingSaturating(_ other: UInt64) -> UInt64 {
        let (sum, overflow) = addingReportingOverflow(other)
        return overflow ? .max : sum
    }
}
