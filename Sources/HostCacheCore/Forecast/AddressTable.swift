/// Values by address, close together in memory: a full host cache has 65,536 of them.
struct AddressTable<Value: Sendable>: Sendable {
    /// Where in ``entries`` an address is; nil until ``index()``.
    private var places: [String: Int32]?
    /// In no order.
    private(set) var entries: [(address: String, value: Value)] = []

    init() {}

    /// Where in ``entries`` an address is; nil when it is not there.
    ///
    /// - Parameters:
    ///   - address: The address.
    ///   - hint: Where it may be, tried before it is looked up: a server gives its rows in the same order each time.
    /// - Returns: A place that is good until the next change.
    func place(of address: String, hint: Int? = nil) -> Int? {
        if let hint, hint < entries.count, entries[hint].address == address { return hint }
        guard let places else { return entries.firstIndex { $0.address == address } }
        return places[address].map(Int.init)
    }

    /// Changes the value at a place where it is and returns what `body` does.
    mutating func change<Result>(at place: Int, _ body: (inout Value) -> Result) -> Result {
        body(&entries[place].value)
    }

    /// Adds an address that is not there yet.
    mutating func insert(_ value: Value, for address: String) {
        places?[address] = Int32(entries.count)
        entries.append((address, value))
    }

    /// Changes every value, and removes those for which `body` answers true.
    mutating func removeAll(where body: (String, inout Value) -> Bool) {
        // From the end, so that the entry that fills a gap has been seen.
        for place in entries.indices.reversed() where body(entries[place].address, &entries[place].value) {
            places?[entries[place].address] = nil
            let last = entries.removeLast()
            guard place < entries.count else { continue }
            entries[place] = last
            places?[last.address] = Int32(place)
        }
    }

    /// Makes room for so many addresses in all.
    mutating func reserve(_ count: Int) {
        entries.reserveCapacity(count)
    }

    /// From here on addresses are looked up in an index; whoever looks only once never pays for it.
    mutating func index() {
        guard places == nil else { return }
        var places: [String: Int32] = [:]
        places.reserveCapacity(entries.count)
        for place in entries.indices { places[entries[place].address] = Int32(place) }
        self.places = places
    }
}
