/// One element of an answer, with everything in it; attributes and namespaces are dropped.
package struct XMLElement: Hashable, Sendable {
    package let name: String
    /// The text, verbatim; for an element with children also the white space between them.
    package let text: String
    /// In their order.
    package let children: [XMLElement]

    package init(name: String, text: String, children: [XMLElement]) {
        self.name = name
        self.text = text
        self.children = children
    }

    /// The first child of that name; nil when there is none.
    package subscript(name: String) -> XMLElement? { children.first { $0.name == name } }

    /// The children called `member` of the child `list`; nil when there is no such child.
    ///
    /// The difference counts: an empty list says that there are none, a missing one says nothing.
    package func members(of list: String) -> [XMLElement]? {
        self[list]?.children.filter { $0.name == "member" }
    }
}
