internal import CTOML

/// A parsed TOML text.
package struct TOMLDocument: Hashable, Sendable {
    /// The keys of the top level, in the order of their bytes: the parser does not keep the written one.
    package let entries: [TOMLEntry]

    /// Parses the UTF-8 `text`.
    ///
    /// - Throws: ``TOMLSyntaxError`` for the first mistake; the parser stops there.
    package init(parsing text: [UInt8]) throws(TOMLSyntaxError) {
        var builder = TOMLBuilder()
        var callbacks = ctoml_callbacks(
            on_event: { context, event in
                guard let context, let event else { return }
                context.assumingMemoryBound(to: TOMLBuilder.self).pointee.take(event.pointee)
            },
            on_error: { context, description, length, line, column in
                guard let context, let description else { return }
                context.assumingMemoryBound(to: TOMLBuilder.self).pointee.error = TOMLSyntaxError(
                    description: TOMLBuilder.string(description, length),
                    line: Int(line),
                    column: Int(column)
                )
            }
        )
        text.withUnsafeBytes { bytes in
            withUnsafeMutablePointer(to: &builder) { context in
                ctoml_parse(
                    bytes.baseAddress?.assumingMemoryBound(to: CChar.self),
                    bytes.count,
                    &callbacks,
                    UnsafeMutableRawPointer(context)
                )
            }
        }
        if let error = builder.error {
            throw error
        }
        guard case .table(let entries) = builder.root?.value else {
            fatalError("ctoml_parse reported neither a document nor an error")
        }
        self.entries = entries
    }
}
