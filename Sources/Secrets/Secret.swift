/// A value that must not reach a log, an error message or a crash report.
///
/// No way of printing it shows the value; the only way out is ``reveal()``.
package struct Secret<Value: Sendable>: Sendable {
    private let value: Value

    /// Takes charge of `value`.
    package init(_ value: Value) {
        self.value = value
    }

    /// The value itself, for the one call that needs it.
    package func reveal() -> Value { value }
}

extension Secret: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    package var description: String { "<redacted>" }
    package var debugDescription: String { description }
    package var customMirror: Mirror { Mirror(self, children: [] as [Mirror.Child]) }
}

extension Secret: Equatable where Value: Equatable {}
extension Secret: Hashable where Value: Hashable {}
