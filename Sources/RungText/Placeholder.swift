/// Names between double braces in a text, as templates have them: `{{ name }}`.
public enum Placeholder {
    /// A stretch of a text.
    public enum Piece: Sendable, Equatable {
        case text(Substring)
        /// What stands between the braces, without spaces around it.
        case name(String)
    }

    /// A text in its pieces, in order; braces that are not closed are text.
    public static func pieces(of text: some StringProtocol) -> [Piece] {
        var pieces: [Piece] = []
        var rest = Substring(text)
        while let open = rest.firstRange(of: "{{"), let close = rest[open.upperBound...].firstRange(of: "}}") {
            if open.lowerBound > rest.startIndex { pieces.append(.text(rest[..<open.lowerBound])) }
            pieces.append(.name(name(rest[open.upperBound..<close.lowerBound])))
            rest = rest[close.upperBound...]
        }
        if !rest.isEmpty { pieces.append(.text(rest)) }
        return pieces
    }

    /// The names in a line with the column of the first brace, counted in characters from 1.
    public static func names(in line: Substring) -> [(name: String, column: Int)] {
        var found: [(String, Int)] = []
        var rest = line
        var column = 1
        while let open = rest.firstRange(of: "{{"), let close = rest[open.upperBound...].firstRange(of: "}}") {
            column += rest.distance(from: rest.startIndex, to: open.lowerBound)
            found.append((name(rest[open.upperBound..<close.lowerBound]), column))
            column += rest.distance(from: open.lowerBound, to: close.upperBound)
            rest = rest[close.upperBound...]
        }
        return found
    }

    private static func name(_ inner: Substring) -> String {
        String(inner.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
    }
}
