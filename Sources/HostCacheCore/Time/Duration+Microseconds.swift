extension Duration {
    /// The duration in whole microseconds, rounded toward zero.
    ///
    /// 128 bits hold every `Duration`, so nothing saturates here.
    package var wholeMicroseconds: Int128 {
        Int128(components.seconds) * 1_000_000 + Int128(components.attoseconds / 1_000_000_000_000)
    }

    /// The longest duration the core works with: a little over 292 thousand years.
    ///
    /// Everything computed beyond it saturates here, so that no sum or comparison overflows.
    package static let farFuture = Duration(wholeMicroseconds: Int128(Int64.max))

    /// A duration of that many microseconds, saturated at ``farFuture`` and its negative.
    package init(wholeMicroseconds: Int128) {
        self = .microseconds(Int64(clamping: wholeMicroseconds))
    }

    /// The whole seconds, rounded toward zero.
    package var wholeSeconds: Int64 { components.seconds }
}
