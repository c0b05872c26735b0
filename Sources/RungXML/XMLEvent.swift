/// What a pull reader meets, in document order; comments and processing instructions are left out.
public enum XMLEvent: Sendable, Equatable {
    /// An element begins. Names are local names; an empty-element tag is a start and an end.
    case start(name: String, attributes: [XMLAttribute])
    /// Character data, white space between elements included.
    case text(String)
    /// The innermost open element ends.
    case end(name: String)
}

/// One attribute of an element; namespace declarations are not attributes.
public struct XMLAttribute: Sendable, Equatable {
    /// The local name, without a namespace prefix.
    public var name: String
    /// The value, with references replaced and white space normalized as XML demands.
    public var value: String

    /// An attribute from its parts.
    public init(_ name: String, _ value: String) {
        self.name = name
        self.value = value
    }
}

extension [XMLAttribute] {
    /// The value of the first attribute with this local name, or nil.
    public subscript(name: String) -> String? { first { $0.name == name }?.value }
}
