extension String {
    /// Between quotation marks for a message, unless a password may stand in it: before the "@" of a URL.
    var quotedWithoutPassword: String { contains("@") ? "a text with an \"@\" in it" : "\"\(self)\"" }
}
