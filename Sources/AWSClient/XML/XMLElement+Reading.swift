extension XMLElement {
    /// Reads a whole document into memory.
    package init(reading document: [UInt8], limits: XMLLimits = .answer) throws(XMLError) {
        self = try XMLParser.parse(document, limits: limits)
    }
}
