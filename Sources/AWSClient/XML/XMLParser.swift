import CExpat

/// Owns one `XML_Parser` and frees it exactly once.
@safe struct XMLParser: ~Copyable {
    private let pointer: XML_Parser

    private init() throws(XMLError) {
        guard let pointer = unsafe XML_ParserCreate(nil) else {
            throw XMLError(cause: .malformed("libexpat is out of memory"), line: 1)
        }
        unsafe self.pointer = pointer
    }

    deinit { unsafe XML_ParserFree(pointer) }

    /// Reads a whole document.
    ///
    /// No entity but the five of XML itself is ever expanded and nothing outside the document is read: a
    /// document type, which could ask for either, ends the reading where it begins.
    static func parse(_ document: [UInt8], limits: XMLLimits) throws(XMLError) -> XMLElement {
        guard document.count <= limits.bytes else {
            throw XMLError(cause: .tooLarge(limit: limits.bytes), line: 1)
        }
        let parser = try XMLParser()
        let builder = XMLTreeBuilder(limits: limits)
        let isWhole = withExtendedLifetime(builder) { parser.feed(document, to: builder) }
        let line = unsafe Int(hostcached_xml_line(parser.pointer))
        if let failure = builder.failure { throw XMLError(cause: failure, line: line) }
        guard isWhole, let root = builder.root else {
            let words = unsafe XML_ErrorString(XML_GetErrorCode(parser.pointer))
            throw XMLError(
                cause: .malformed(unsafe words.map { unsafe String(cString: $0) } ?? ""),
                line: line
            )
        }
        return root
    }

    private borrowing func feed(_ document: [UInt8], to builder: XMLTreeBuilder) -> Bool {
        // The callbacks stop the parser, so it has to find itself beside the builder.
        let context = unsafe XMLContext(builder: builder, parser: pointer)
        return withExtendedLifetime(context) {
            unsafe setCallbacks(Unmanaged.passUnretained(context).toOpaque())
            return unsafe document.withUnsafeBytes { bytes in
                let start = unsafe bytes.baseAddress?.assumingMemoryBound(to: CChar.self)
                return unsafe XML_Parse(pointer, start, Int32(bytes.count), Int32(XML_TRUE)) == XML_STATUS_OK
            }
        }
    }

    private borrowing func setCallbacks(_ context: UnsafeMutableRawPointer) {
        unsafe XML_SetUserData(pointer, context)
        unsafe XML_SetElementHandler(
            pointer,
            { context, name, _ in
                let context = unsafe XMLContext.of(context)
                guard let name = unsafe name else { return }
                if !context.builder.begin(unsafe String(cString: name)) { context.stop() }
            },
            { context, _ in unsafe XMLContext.of(context).builder.end() }
        )
        unsafe XML_SetCharacterDataHandler(pointer) { context, text, count in
            let bytes = unsafe UnsafeRawBufferPointer(start: text, count: Int(count))
            unsafe XMLContext.of(context).builder.addText(bytes)
        }
        unsafe XML_SetStartDoctypeDeclHandler(pointer) { context, _, _, _, _ in
            let context = unsafe XMLContext.of(context)
            context.builder.beginDocumentType()
            context.stop()
        }
    }
}

/// What libexpat's callbacks need.
@safe private final class XMLContext {
    let builder: XMLTreeBuilder
    private let parser: XML_Parser

    init(builder: XMLTreeBuilder, parser: XML_Parser) {
        self.builder = builder
        unsafe self.parser = parser
    }

    /// Ends the parsing: some calls may still come, no more elements begin.
    func stop() { _ = unsafe XML_StopParser(parser, XML_Bool(XML_FALSE)) }

    /// What libexpat was given as user data, back again.
    static func of(_ context: UnsafeMutableRawPointer?) -> XMLContext {
        guard let context = unsafe context else {
            fatalError("libexpat calls back with the user data it was given, and it was given some")
        }
        return unsafe Unmanaged<XMLContext>.fromOpaque(context).takeUnretainedValue()
    }
}
