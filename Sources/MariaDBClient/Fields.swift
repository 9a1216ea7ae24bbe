import CMariaDB

/// The values of one row while it is read; they are gone when the next one comes.
///
/// Numbers are read where they lie, without a string in between.
@safe package struct Fields: ~Copyable {
    private let values: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>
    private let lengths: UnsafeMutablePointer<UInt>
    /// Where the server has put each column that was asked for.
    private let places: [Int]

    /// A row of libmariadb's, good until its next call.
    init(
        values: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>,
        lengths: UnsafeMutablePointer<UInt>,
        places: [Int]
    ) {
        unsafe self.values = values
        unsafe self.lengths = lengths
        self.places = places
    }

    /// Whether the column asked for at `index` is SQL `NULL`.
    package borrowing func isNull(_ index: Int) -> Bool { unsafe values[places[index]] == nil }

    /// The column asked for at `index` as UTF-8; SQL `NULL` is nil, a byte that is no UTF-8 becomes U+FFFD.
    package borrowing func text(_ index: Int) -> String? {
        unsafe bytes(index).map { unsafe String(decoding: $0, as: UTF8.self) }
    }

    /// The column asked for at `index` as a whole number, whatever fraction follows it.
    ///
    /// Nil for SQL `NULL`, and for what does not begin with digits or is beyond `UInt64.max`.
    package borrowing func wholeNumber(_ index: Int) -> UInt64? {
        guard let bytes = unsafe bytes(index) else { return nil }
        var value: UInt64 = 0
        var hasDigits = false
        for position in bytes.indices {
            let byte = unsafe bytes[position]
            guard 0x30...0x39 ~= byte else {
                return byte == UInt8(ascii: ".") && hasDigits ? value : nil
            }
            let (shifted, isTooLarge) = value.multipliedReportingOverflow(by: 10)
            let (sum, isTooLargeNow) = shifted.addingReportingOverflow(UInt64(byte - 0x30))
            guard !isTooLarge, !isTooLargeNow else { return nil }
            value = sum
            hasDigits = true
        }
        return hasDigits ? value : nil
    }

    private borrowing func bytes(_ index: Int) -> UnsafeRawBufferPointer? {
        let place = places[index]
        return unsafe values[place].map {
            unsafe UnsafeRawBufferPointer(start: $0, count: Int(lengths[place]))
        }
    }
}
