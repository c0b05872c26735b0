public import RungCore
import RungCrypto

/// What one rubric says otherwise than another, for the console.
public enum RubricDiffText {
    /// The whole comparison; only lines of queries may be wider than `width`.
    ///
    /// - Parameter width: columns; at least 80 are used.
    public static func render(_ diff: RubricDiff, width: Int) -> String {
        let style = ConsoleStyle(width: max(80, width), isColoured: false)
        var lines = style.wrapped("\(name(diff.old)) → \(name(diff.new))", first: "", rest: "  ")
        lines += style.wrapped(counts(diff.changes), first: "", rest: "  ")
        for group in groups(of: diff.changes) { lines += [""] + text(of: group, style) }
        lines.append("")
        for (index, sentence) in verdict(diff).enumerated() {
            lines += style.wrapped(sentence, first: index == 0 ? "versions: " : "  ", rest: "  ")
        }
        return lines.map(\.trimmingTrailingSpaces).joined(separator: "\n") + "\n"
    }

    private static func name(_ rubric: RubricIdentity) -> String { "\(PrintableText.name(rubric.text)) (\(rubric.digest.short))" }

    /// `2 criteria changed, 1 added, 1 removed; 1 stage changed`.
    private static func counts(_ changes: [RubricChange]) -> String {
        guard !changes.isEmpty else { return "no difference" }
        let kinds = [
            ("rubric", "rubric", "rubrics"), ("stage", "stage", "stages"), ("dimension", "dimension", "dimensions"),
            ("statement", "line of the model", "lines of the model"), ("criterion", "criterion", "criteria"),
            ("symptom", "symptom", "symptoms"), ("framework", "framework", "frameworks"),
        ]
        return kinds.compactMap { kind, one, many in
            let own = changes.filter { $0.subject.kind == kind }
            guard !own.isEmpty else { return nil }
            let whole = own.filter { $0.what == .added || $0.what == .removed }
            let changed = Set(own.filter { $0.what != .added && $0.what != .removed }.map(\.subject)).count
            let counts = [
                (changed, "changed"), (whole.count { $0.what == .added }, "added"), (whole.count { $0.what == .removed }, "removed"),
            ]
            .filter { $0.0 > 0 }
            let first = counts.first.map(\.0) ?? 0
            return (kind == "rubric" ? "the rubric itself " : "\(first) \(first == 1 ? one : many) ")
                + counts.enumerated().map { $0.offset == 0 ? $0.element.1 : "\($0.element.0) \($0.element.1)" }.joined(separator: ", ")
        }.joined(separator: "; ")
    }

    /// Changes of one subject, in their order.
    private static func groups(of changes: [RubricChange]) -> [[RubricChange]] {
        var order: [RubricChange.Subject] = []
        var groups: [RubricChange.Subject: [RubricChange]] = [:]
        for change in changes {
            if groups[change.subject] == nil { order.append(change.subject) }
            groups[change.subject, default: []].append(change)
        }
        return order.compactMap { groups[$0] }
    }

    private static func text(of group: [RubricChange], _ style: ConsoleStyle) -> [String] {
        guard let first = group.first else { return [] }
        let title = PrintableText.line(first.title)
        let name = "\(first.subject.kind == "criterion" ? "" : first.subject.kind + " ")\(PrintableText.name(first.subject.id))"
        var lines = style.wrapped("\(name.trimmingTrailingSpaces)\(title.isEmpty ? "" : "  \(title)")", first: "", rest: "  ")
        for change in group where !change.what.isWording {
            lines += style.wrapped(RubricWords.difference(change) + RubricWords.effect(change), first: "  ", rest: "    ")
            if let reason = change.reason { lines += style.wrapped("reason: \(PrintableText.line(reason))", first: "    ", rest: "    ") }
            if change.what != .added, change.what != .removed, RubricWords.isLong(change) { lines += parts(of: change, style) }
        }
        let wording = group.filter(\.what.isWording)
        if !wording.isEmpty {
            lines += style.wrapped("wording: \(wording.map(\.what.rawValue).joined(separator: ", "))", first: "  ", rest: "    ")
        }
        for change in wording { lines += parts(of: change, style) }
        return lines
    }

    /// The lines that differ; what both begin and end with is left out.
    private static func parts(of change: RubricChange, _ style: ConsoleStyle) -> [String] {
        let isQuery = [.query, .detector, .applicability].contains(change.what)
        func split(_ text: String?) -> [String] {
            guard let text else { return [] }
            return isQuery ? text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init) : [text]
        }
        var (old, new) = (split(change.from)[...], split(change.to)[...])
        while let a = old.first, let b = new.first, a == b { (old, new) = (old.dropFirst(), new.dropFirst()) }
        while let a = old.last, let b = new.last, a == b { (old, new) = (old.dropLast(), new.dropLast()) }
        return (old.map { ("- ", $0) } + new.map { ("+ ", $0) }).flatMap { mark, line in
            let shown = PrintableText.line(line)
            return isQuery ? ["    \(mark)\(shown)"] : style.wrapped(shown, first: "    \(mark)", rest: "      ")
        }
    }

    /// Sentences: what the versions say, and the way out where they are wrong.
    static func verdict(_ diff: RubricDiff) -> [String] {
        let (old, new) = (diff.old.version, diff.new.version)
        switch diff.versions {
        case .same: return ["the same rubric, with the same digest"]
        case .otherRubric: return ["rubrics with other names, so their versions say nothing of each other"]
        case .draft: return ["a draft may change under its name"]
        case .agree(.none, _): return ["agree; nothing but the version differs"]
        case .agree(let needed, let found):
            return ["agree; the change asks for a \(needed.word) step at least, \(old) → \(new) is a \(found.word) step"]
        case .tooSmall(let needed, let found):
            return [
                "do not agree; the change asks for a \(needed.word) step, \(old) → \(new) is a \(found.word) step",
                why(diff),
            ]
        case .reused:
            return [
                "do not agree; \(old) stands for two contents, and a published version never changes",
                "step the version; the change asks for a \((RubricVersion(old)?.needed(for: diff.step) ?? diff.step).word) step", why(diff),
            ]
        }
    }

    private static func why(_ diff: RubricDiff) -> String {
        let decisive = diff.changes.filter { $0.step == diff.step }.map { RubricWords.name($0) }
        var names: [String] = []
        for name in decisive where !names.contains(name) { names.append(name) }
        let some = AssessmentWords.names(names, atMost: 5)
        switch diff.step {
        case .major: return "the same evidence may give another stage or score: \(some)"
        case .minor: return "reports say something else beside stage and scores: \(some)"
        case .patch, .none: return "only words differ: \(some)"
        }
    }
}
