internal import RungCore
internal import RungText

extension CallMatching {
    /// Calls shown of a list that is longer.
    static let maximumListed = 100

    /// The calls that match nothing: `-` expected and not made, `+` made and not expected; in order, or likely pairs first.
    func diff(_ expected: [ExpectedCall], _ actual: [ToolCall], keepsOrder: Bool) -> String {
        TextDiff.bounded(keepsOrder ? ordered(expected, actual) : unordered(expected, actual))
            .map { BoundedText.cut($0, to: TextDiff.maximumLineLength) }.joined(separator: "\n")
    }

    private func ordered(_ expected: [ExpectedCall], _ actual: [ToolCall]) -> [String] {
        var lines: [String] = []
        var (made, kept) = (0, 0)
        func flush() {
            if kept > 0 { lines.append(kept == 1 ? " (1 matched call)" : " (\(kept) matched calls)") }
            kept = 0
        }
        func add(upTo end: Int) {
            guard made < end else { return }
            flush()
            lines += actual[made..<end].map { "+\(Self.text(of: $0))" }
        }
        for (index, match) in actualOfExpected.enumerated() {
            if let match {
                add(upTo: match)
                made = match + 1
                kept += 1
            } else {
                flush()
                lines.append("-\(expected[index].text)")
            }
        }
        add(upTo: actual.count)
        flush()
        return lines
    }

    private func unordered(_ expected: [ExpectedCall], _ actual: [ToolCall]) -> [String] {
        var lines: [String] = []
        var shown = Set<Int>()
        let missing = actualOfExpected.indices.filter { actualOfExpected[$0] == nil }
        for index in missing {
            guard let twin = resembling[index] else { continue }
            lines += ["-\(expected[index].text)", "+\(Self.text(of: actual[twin]))"]
            shown.insert(twin)
        }
        lines += missing.filter { resembling[$0] == nil }.map { "-\(expected[$0].text)" }
        lines += extra.filter { !shown.contains($0) }.map { "+\(Self.text(of: actual[$0]))" }
        return lines
    }

    /// A call as lists and diffs show it.
    static func text(of call: ToolCall) -> String { "\(call.name)(\(JSONText.compact(call.arguments)))" }

    /// One line for each call; "no calls" for none.
    static func list(_ calls: [String]) -> String {
        if calls.isEmpty { return "no calls" }
        let shown = calls.prefix(maximumListed)
        let rest = calls.count - shown.count
        return (shown + (rest > 0 ? ["… (\(BoundedText.grouped(rest)) more calls)"] : [])).joined(separator: "\n")
    }
}
