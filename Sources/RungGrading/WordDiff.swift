/// Shows how two single lines differ, word by word: `total [-10-]{+12+} EUR`.
enum WordDiff {
    /// Scalars of unchanged text kept on each side of a change.
    static let context = 40
    /// Scalars of one removed or added piece that are shown.
    static let maximumPiece = 400
    /// Words of each line that are compared from the first difference on; the rest counts as one word.
    static let maximumWords = 900
    /// Bytes that the comparison goes back from a difference to find the start of its word.
    static let maximumWord = 100

    /// The actual line with what was removed and added marked in it.
    static func text(expected: String, actual: String) -> String {
        let (head, tail) = commonEnds(expected, actual)
        let (old, new) = (words(middle(of: expected, head, tail)), words(middle(of: actual, head, tail)))
        var pieces: [Piece] = []
        append(.kept, expected[..<expected.utf8.index(expected.startIndex, offsetBy: head)], to: &pieces)
        for edit in EditScript.edits(from: old, to: new) {
            switch edit {
            case .kept(let place, _): append(.kept, old[place], to: &pieces)
            case .removed(let place): append(.removed, old[place], to: &pieces)
            case .added(let place): append(.added, new[place], to: &pieces)
            }
        }
        append(.kept, expected[expected.utf8.index(expected.endIndex, offsetBy: -tail)...], to: &pieces)
        return BoundedText.cut(render(pieces.filter { !$0.text.isEmpty }))
    }

    /// Bytes that both lines start and end with, shortened to whole words.
    private static func commonEnds(_ expected: String, _ actual: String) -> (head: Int, tail: Int) {
        let (old, new) = (Array(expected.utf8), Array(actual.utf8))
        let shorter = min(old.count, new.count)
        var head = 0
        while head < shorter, old[head] == new[head] { head += 1 }
        var tail = 0
        while tail < shorter - head, old[old.count - 1 - tail] == new[new.count - 1 - tail] { tail += 1 }
        for _ in 0..<maximumWord where head > 0 && old[head - 1] != UInt8(ascii: " ") { head -= 1 }
        for _ in 0..<maximumWord where tail > 0 && old[old.count - tail] != UInt8(ascii: " ") { tail -= 1 }
        while head > 0, head < old.count, old[head] & 0xC0 == 0x80 { head -= 1 }
        while tail > 0, old[old.count - tail] & 0xC0 == 0x80 { tail -= 1 }
        return (head, tail)
    }

    private static func middle(of line: String, _ head: Int, _ tail: Int) -> Substring {
        line[line.utf8.index(line.startIndex, offsetBy: head)..<line.utf8.index(line.endIndex, offsetBy: -tail)]
    }

    private enum Kind { case kept, removed, added }

    private struct Piece {
        var kind: Kind
        var text: String
    }

    /// Joins what belongs together; additions go behind the removals of the same place.
    private static func append(_ kind: Kind, _ word: Substring, to pieces: inout [Piece]) {
        if kind == .removed, pieces.count > 1, pieces[pieces.count - 1].kind == .added,
            pieces[pieces.count - 2].kind == .removed
        {
            pieces[pieces.count - 2].text += word
        } else if kind == .removed, pieces.last?.kind == .added {
            pieces.insert(Piece(kind: .removed, text: String(word)), at: pieces.count - 1)
        } else if pieces.last?.kind == kind {
            pieces[pieces.count - 1].text += word
        } else {
            pieces.append(Piece(kind: kind, text: String(word)))
        }
    }

    private static func render(_ pieces: [Piece]) -> String {
        var line = ""
        for (index, piece) in pieces.enumerated() {
            switch piece.kind {
            case .removed: line += "[-\(BoundedText.cut(piece.text, to: maximumPiece))-]"
            case .added: line += "{+\(BoundedText.cut(piece.text, to: maximumPiece))+}"
            case .kept: line += shortened(piece.text, isFirst: index == 0, isLast: index == pieces.count - 1)
            }
        }
        return line
    }

    /// Unchanged text with its middle, or the end that is far from any change, left out.
    private static func shortened(_ text: String, isFirst: Bool, isLast: Bool) -> String {
        let limit = isFirst || isLast ? context : 2 * context
        guard text.unicodeScalars.count > limit + 1 else { return text }
        let head = isFirst ? "" : String(text.unicodeScalars.prefix(context))
        let tail = isLast ? "" : String(text.unicodeScalars.suffix(context))
        return head + "…" + tail
    }

    /// Runs of letters and digits, runs of white space, and everything else one by one; the rest of a huge line is one word.
    private static func words(_ line: Substring) -> [Substring] {
        var words: [Substring] = []
        let scalars = line.unicodeScalars
        var start = scalars.startIndex
        while start < scalars.endIndex {
            guard words.count < maximumWords else {
                words.append(line[start...])
                break
            }
            let kind = WordKind(scalars[start])
            var end = scalars.index(after: start)
            if kind != .other { while end < scalars.endIndex, WordKind(scalars[end]) == kind { scalars.formIndex(after: &end) } }
            words.append(line[start..<end])
            start = end
        }
        return words
    }

    private enum WordKind: Equatable {
        case letters
        case space
        case other

        init(_ scalar: Unicode.Scalar) {
            let properties = scalar.properties
            if properties.isWhitespace {
                self = .space
            } else if properties.isAlphabetic || properties.numericType != nil
                || properties.canonicalCombiningClass != .notReordered
            {
                self = .letters
            } else {
                self = .other
            }
        }
    }
}
