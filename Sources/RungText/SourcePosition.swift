/// A place in a text: line and column, both counted from 1; columns count Unicode scalars.
public struct SourcePosition: Hashable, Comparable, Sendable, CustomStringConvertible {
    public var line: Int32
    public var column: Int32

    public init(line: Int, column: Int) {
        self.line = Int32(clamping: line)
        self.column = Int32(clamping: column)
    }

    /// The first place of a text.
    public static let start = SourcePosition(line: 1, column: 1)

    public static func < (a: Self, b: Self) -> Bool {
        a.line != b.line ? a.line < b.line : a.column < b.column
    }

    /// `line:column`, as editors and compilers write it.
    public var description: String { "\(line):\(column)" }
}
