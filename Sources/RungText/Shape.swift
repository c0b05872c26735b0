/// What a value in a file may look like: checked with positions when read, printed as JSON Schema for editors.
///
/// One declaration serves both, so that the schema can never disagree with the reader.
public indirect enum Shape: Sendable {
    case any
    case bool
    case string(StringRule)
    case integer(ClosedRange<Int>)
    case number(ClosedRange<Double>)
    case array(Shape, atLeast: Int)
    /// An object with free keys.
    case map(Shape)
    case object(ObjectShape)
    /// An object whose member `by` names which of the cases it is.
    case tagged(by: String, [ObjectShape])
    /// Any one of several; errors are those of the alternative with the same JSON kind.
    case either([Shape])

    /// Text that names something or says something; never empty.
    public static let text = Shape.string(.nonEmpty)
    /// Text that may be empty.
    public static let freeText = Shape.string(.any)
    public static let identifier = Shape.string(.identifier)
    public static let timestamp = Shape.string(.timestamp)
    public static let duration = Shape.string(.duration)
    public static let digest = Shape.string(.digest)
    public static let count = Shape.integer(0...Int(Int32.max))
    public static let share = Shape.number(0...1)
    public static let texts = Shape.array(.text, atLeast: 0)
    public static func oneOf(_ words: [String]) -> Shape { .string(.oneOf(words)) }
    public static func optional(_ shape: Shape) -> Shape { shape }
}

/// What a text may look like.
public enum StringRule: Sendable {
    case any
    case nonEmpty
    case oneOf([String])
    /// Letters, digits, `.`, `_`, `-`, `/`, `:`; starts with a letter or digit; at most 200 characters.
    case identifier
    /// `2026-09-30T12:00:00Z`, or a date alone.
    case timestamp
    /// A number with a unit: `500ms`, `30s`, `5m`, `2h`, `7d`.
    case duration
    /// `sha256:` and 64 hexadecimal digits.
    case digest
}

/// An object with named members.
public struct ObjectShape: Sendable {
    /// The name under which schemas refer to it, such as `Agent`.
    public var name: String
    /// One sentence for the schema and the reference pages.
    public var summary: String
    public var fields: [Field]

    public init(_ name: String, _ summary: String, _ fields: [Field]) {
        self.name = name
        self.summary = summary
        self.fields = fields
    }

    /// One member of an object.
    public struct Field: Sendable {
        public var key: String
        public var shape: Shape
        public var isRequired: Bool
        /// One sentence: meaning, unit, default.
        public var summary: String

        /// A member that may be left out.
        public static func optional(_ key: String, _ shape: Shape, _ summary: String) -> Field {
            Field(key: key, shape: shape, isRequired: false, summary: summary)
        }

        /// A member that must be there.
        public static func required(_ key: String, _ shape: Shape, _ summary: String) -> Field {
            Field(key: key, shape: shape, isRequired: true, summary: summary)
        }
    }

    /// The member names, in order of declaration.
    public var keys: [String] { fields.map(\.key) }
}
