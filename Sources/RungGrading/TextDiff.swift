/// Shows how two texts differ, for people: bounded in length and in work, whatever the texts.
public enum TextDiff {
    /// Lines that a diff never exceeds.
    static let maximumLines = 40
    /// Scalars of a line that are shown.
    static let maximumLineLength = 200
    /// Unchanged lines shown around a change.
    static let context = 3
    /// Bytes of each text that are compared line by line, from the first difference on.
    static let window = 65_536

    /// Where `actual` differs from `expected`: a word diff `[-old-]{+new+}` for single lines, else `-` and `+` lines.
    ///
    /// Time is linear in the common start of the texts and constant beyond it. Equal texts give an empty diff.
    public static func unified(expected: String, actual: String) -> String {
        if expected == actual { return "" }
        if !hasLineBreak(expected), !hasLineBreak(actual) { return WordDiff.text(expected: expected, actual: actual) }
        return lines(expected, actual)
    }

    private static func hasLineBreak(_ text: String) -> Bool { text.utf8.contains(UInt8(ascii: "\n")) }

    private static func lines(_ expected: String, _ actual: String) -> String {
        let (start, line) = firstDifference(expected, actual)
        let before = contextStart(expected, before: start)
        let old = Window(expected, from: before.index)
        let new = Window(actual, from: before.index)
        let edits = EditScript.edits(from: old.lines, to: new.lines)
        var output = hunks(edits, old.lines, new.lines, firstLine: line - before.lines)
        if old.isCut || new.isCut { output.append("… (the texts go on; only the first differences are shown)") }
        return bounded(output).joined(separator: "\n")
    }

    /// The offset of the line in which the texts first differ, and its number from 1.
    private static func firstDifference(_ a: String, _ b: String) -> (offset: Int, line: Int) {
        var (a, b) = (a, b)
        return a.withUTF8 { a in
            b.withUTF8 { b in
                var (start, line, index) = (0, 1, 0)
                while index < a.count, index < b.count, a[index] == b[index] {
                    if a[index] == UInt8(ascii: "\n") { (start, line) = (index + 1, line + 1) }
                    index += 1
                }
                return (start, line)
            }
        }
    }

    /// Goes back over the unchanged lines that are shown before the first difference.
    private static func contextStart(_ text: String, before offset: Int) -> (index: Int, lines: Int) {
        let bytes = text.utf8
        var index = bytes.index(bytes.startIndex, offsetBy: offset)
        var (lines, start, distance) = (0, offset, offset)
        while lines < context, distance > 0 {
            index = bytes.index(before: index)
            distance -= 1
            var length = 0
            while distance > 0, length < window {
                let previous = bytes.index(before: index)
                if bytes[previous] == UInt8(ascii: "\n") { break }
                index = previous
                distance -= 1
                length += 1
            }
            if length == window { break }
            (lines, start) = (lines + 1, distance)
        }
        return (start, lines)
    }

    /// The lines of a text from an offset on, as far as they are compared.
    private struct Window {
        var lines: [String]
        var isCut: Bool

        init(_ text: String, from offset: Int) {
            let bytes = text.utf8
            let start = bytes.index(bytes.startIndex, offsetBy: min(offset, bytes.count))
            let end = bytes.index(start, offsetBy: TextDiff.window, limitedBy: bytes.endIndex) ?? bytes.endIndex
            isCut = end < bytes.endIndex
            lines = bytes[start..<end].split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
                .map { String(decoding: $0, as: UTF8.self) }
        }
    }

    private static func hunks(_ edits: [Edit], _ old: [String], _ new: [String], firstLine: Int) -> [String] {
        var output: [String] = []
        var index = 0
        while let change = edits[index...].firstIndex(where: { !$0.isKept }) {
            let start = max(index, change - context)
            var end = change + 1
            var kept = 0
            while end < edits.count, kept <= 2 * context {
                kept = edits[end].isKept ? kept + 1 : 0
                end += 1
            }
            if kept > context { end -= kept - context }
            let hunk = edits[start..<end]
            let (oldCount, newCount) = (hunk.count { $0.isInOld }, hunk.count { $0.isInNew })
            let oldStart = firstLine + edits[..<start].count { $0.isInOld }
            let newStart = firstLine + edits[..<start].count { $0.isInNew }
            output.append("@@ -\(oldStart),\(oldCount) +\(newStart),\(newCount) @@")
            for edit in hunk {
                switch edit {
                case .kept(let place, _): output.append(" " + shown(old[place]))
                case .removed(let place): output.append("-" + shown(old[place]))
                case .added(let place): output.append("+" + shown(new[place]))
                }
            }
            index = end
        }
        return output
    }

    private static func shown(_ line: String) -> String { BoundedText.cut(line, to: maximumLineLength) }

    /// At most `maximumLines` lines, the last of which says how many were left out.
    static func bounded(_ lines: [String]) -> [String] {
        guard lines.count > maximumLines else { return lines }
        let rest = lines.count - maximumLines + 1
        return lines.prefix(maximumLines - 1) + ["… (\(BoundedText.grouped(rest)) more lines)"]
    }
}
