import RungRedaction
import RungText

/// Redacts the values of records before they are hashed and stored: the one place that every record passes.
///
/// A class because it remembers the words that it has just looked at, and counts what it has replaced.
final class RecordRedaction {
    /// What is looked for.
    let redactor: Redactor
    private var plans: [Plan] = []
    private var found: [Place: (first: SourcePosition, count: Int)] = [:]

    /// What to look at in the records of a kind.
    private struct Plan {
        let kind: RecordKind
        let fields: [(index: Int, privacy: FieldPrivacy)]
        /// By field: the name that was last found to be harmless; names repeat from record to record.
        var harmless: [String]
        /// By field: names found to be harmless in records that were read as bytes.
        let clean: [WordTable]
    }

    /// A field, and the rule that found something in it.
    private struct Place: Hashable {
        var kind: String
        var field: String
        var rule: String
    }

    init(_ redactor: Redactor) {
        self.redactor = redactor
    }

    /// The record as it may be stored.
    ///
    /// - Parameter position: where it stands in a file, for findings.
    func redacted(_ draft: RecordDraft, at position: SourcePosition = .start) -> RecordDraft {
        var draft = draft
        redact(&draft.values, draft.kind, position)
        return draft
    }

    /// The values of a record as they may be stored.
    func redacted(_ kind: RecordKind, _ values: [FieldValue]) -> [FieldValue] {
        var values = values
        redact(&values, kind, .start)
        return values
    }

    /// Whether nothing in the record would be replaced.
    func isClean(_ record: FlatRecord) -> Bool {
        let plan = self.plan(for: record.kind)
        for entry in plans[plan].fields where record.columns[entry.index].form == .text {
            let text = record.columns[entry.index].text
            guard entry.privacy == .name else {
                guard entry.privacy == .prose, redactor.isClean(text) else { return false }
                continue
            }
            // Ids differ from record to record; names repeat.
            let isName = record.kind.fields[entry.index].storage == .coded
            if isName, plans[plan].clean[entry.index].code(of: text) != nil { continue }
            guard redactor.isClean(text, .names) else { return false }
            if isName { plans[plan].clean[entry.index].insert(text, 0) }
        }
        return true
    }

    private func redact(_ values: inout [FieldValue], _ kind: RecordKind, _ position: SourcePosition) {
        let plan = self.plan(for: kind)
        for entry in plans[plan].fields {
            guard case .text(let text) = values[entry.index], plans[plan].harmless[entry.index] != text else { continue }
            var counts: [String: Int] = [:]
            let redacted =
                switch entry.privacy {
                case .prose: redactor.redact(text, .prose, &counts)
                case .name: redactor.redact(text, .names, &counts)
                case .json: redactor.redactJSON(text, .prose, &counts)
                case .names: redactor.redactJSON(text, .names, &counts)
                }
            if let redacted {
                values[entry.index] = .text(redacted)
                note(counts, kind, entry.index, position)
            } else if entry.privacy == .name {
                plans[plan].harmless[entry.index] = text
            }
        }
    }

    private func plan(for kind: RecordKind) -> Int {
        if let index = plans.firstIndex(where: { $0.kind === kind }) { return index }
        let fields = kind.fields.enumerated().compactMap { index, field in field.privacy.map { (index, $0) } }
        plans.append(
            Plan(
                kind: kind, fields: fields, harmless: [String](repeating: "", count: kind.fields.count),
                clean: kind.fields.map { _ in WordTable() }))
        return plans.count - 1
    }

    // MARK: - What was found

    private func note(_ counts: [String: Int], _ kind: RecordKind, _ field: Int, _ position: SourcePosition) {
        for (rule, count) in counts {
            found[Place(kind: kind.name, field: kind.fields[field].name, rule: rule), default: (position, 0)].count += count
        }
    }

    /// One finding for each kind, field and rule, in order of position: how many, never what.
    func findings(in file: String) -> [Diagnostic] {
        found.sorted { a, b in
            (a.value.first, a.key.kind, a.key.field, a.key.rule) < (b.value.first, b.key.kind, b.key.field, b.key.rule)
        }.map { place, found in
            let values = found.count == 1 ? "1 value" : "\(found.count) values"
            return Diagnostic(
                file, found.first,
                "\(values) in \"\(place.field)\" of \(place.kind) \(found.count == 1 ? "was" : "were") redacted (\(place.rule))")
        }
    }
}
