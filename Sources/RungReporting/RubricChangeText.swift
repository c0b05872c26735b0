public import RungCore
import RungCrypto

/// What an overlay changes about the rubric that it extends, for the console.
public enum RubricChangeText {
    /// `extends …` and one entry for each change; empty for a rubric that stands alone.
    ///
    /// - Parameter width: columns; at least 80 are used.
    public static func render(_ rubric: Rubric, width: Int) -> String {
        guard let base = rubric.base else { return "" }
        let style = ConsoleStyle(width: max(80, width), isColoured: false)
        let count = NumberText.count(rubric.changes.count, "change")
        var lines = style.wrapped("extends \(PrintableText.name(base.text)) (\(base.digest.short)) with \(count)", first: "", rest: "  ")
        for change in RubricWords.sorted(rubric.changes) { lines += style.wrapped(RubricWords.line(change), first: "  - ", rest: "    ") }
        return lines.joined(separator: "\n") + "\n"
    }
}
