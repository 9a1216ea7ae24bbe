import CMalloc

/// What becomes of large blocks of memory that are not needed any more.
package enum LargeBlocks {
    /// Gives blocks of a megabyte and more back to the system as soon as they are freed.
    ///
    /// The rows of a full host cache are such blocks at each look. glibc would keep them after the first time:
    /// its own limit grows to the largest block freed, unless it is set (mallopt(3), `M_MMAP_THRESHOLD`).
    /// To be called before there is a second thread.
    package static func returnToSystem() {
        // Refused only for values out of range; then memory is as glibc has it.
        _ = mallopt(M_MMAP_THRESHOLD, 1 << 20)
    }
}
