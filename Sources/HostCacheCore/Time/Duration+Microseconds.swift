extension Duration {
    /// The duration in whole microseconds, rounded toward zero.
    ///
    /// 128 bits hold every `Duration`, so nothing saturates here. Not from `components`, which traps above
    /// `Int64.max` seconds.
    package var wholeMicroseconds: Int128 { attoseconds / 1_000_000_000_000 }

    /// The longest duration the core works with: a little over 292 thousand years.
    ///
    /// Everything computed beyond it saturates here, so that no sum or comparison overflows.
    package static let farFuture = Duration(wholeMicroseconds: Int128(Int64.max))

    /// A duration of that many microseconds, saturated at ``farFuture`` and its negative.
    package init(wholeMicroseconds: Int128) {
        self = .microseconds(Int64(clamping: wholeMicroseconds))
    }

    /// The whole seconds, rounded toward zero, saturated at the ends of `Int64`.
    package var wholeSeconds: Int64 { Int64(clamping: wholeMicroseconds / 1_000_000) }
}
