public import RungCore
import RungCrypto

/// What was changed about the rubric that another one was made from, for the console.
public enum RubricChangeText {
    /// The rubric below and one entry for each change; empty for a rubric that stands alone.
    ///
    /// - Parameter width: columns; at least 80 are used.
    public static func render(_ rubric: Rubric, width: Int) -> String {
        guard let base = rubric.base else { return "" }
        let style = ConsoleStyle(width: max(80, width), isColoured: false)
        let count = NumberText.count(rubric.changes.count, "change")
        var lines = style.wrapped("made from \(PrintableText.name(base.text)) (\(base.digest.short)) with \(count)", first: "", rest: "  ")
        for change in RubricWords.sorted(rubric.changes) { lines += style.wrapped(RubricWords.line(change), first: "  - ", rest: "    ") }
        return lines.joined(separator: "\n") + "\n"
    }
}
