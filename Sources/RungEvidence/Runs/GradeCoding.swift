import RungCore
import RungText

/// Grades, faults and retries as compact canonical JSON: arrays by position, trailing nothings left out.
///
/// A grade is `[name, kind, version, role, value, reason, expected, actual, diff]`; a value is true, false, a number in a
/// list, a label in a list, `"abstained"` or `"broken"`.
enum GradeCoding {
    static func encode(_ grades: [Grade], into writer: inout JSONText) -> String {
        writer.removeAll()
        writer.beginArray()
        for grade in grades {
            writer.beginArray()
            writer.string(grade.name)
            writer.string(grade.kind)
            writer.string(grade.version)
            writer.string(grade.role.rawValue)
            encode(grade.judgement.value, into: &writer)
            writer.string(grade.judgement.reason)
            let texts = [grade.judgement.expected, grade.judgement.actual, grade.judgement.diff]
            let count = (texts.lastIndex { $0 != nil } ?? -1) + 1
            for text in texts[..<count] { if let text { writer.string(text) } else { writer.null() } }
            writer.endArray()
        }
        writer.endArray()
        return writer.text
    }

    private static func encode(_ value: Judgement.Value, into writer: inout JSONText) {
        switch value {
        case .holds(let holds): writer.bool(holds)
        case .abstained: writer.string("abstained")
        case .broken: writer.string("broken")
        case .score(let score):
            writer.beginArray()
            writer.double(score)
            writer.endArray()
        case .label(let label):
            writer.beginArray()
            writer.string(label)
            writer.endArray()
        }
    }

    /// Nil for anything that `encode` does not write.
    static func decode(_ text: String) -> [Grade]? {
        guard let items = (try? JSONReader.read(text))?.array else { return nil }
        let grades = items.compactMap { $0.array.flatMap(grade) }
        return grades.count == items.count ? grades : nil
    }

    private static func grade(_ items: [Node]) -> Grade? {
        guard items.count >= 6, let name = items[0].string, let kind = items[1].string, let version = items[2].string,
            let role = items[3].string.flatMap(GradeRole.init(rawValue:)), let value = value(items[4]),
            let reason = items[5].string
        else { return nil }
        func text(_ index: Int) -> String? { index < items.count ? items[index].string : nil }
        let judgement = Judgement(value, reason, expected: text(6), actual: text(7), diff: text(8))
        return Grade(name: name, kind: kind, version: version, role: role, judgement: judgement)
    }

    private static func value(_ node: Node) -> Judgement.Value? {
        switch node.content {
        case .bool(let holds): return .holds(holds)
        case .string("abstained"): return .abstained
        case .string("broken"): return .broken
        case .array(let items) where items.count == 1:
            if let label = items[0].string { return .label(label) }
            return .score(items[0].double ?? .nan)
        default: return nil
        }
    }

    // MARK: - Faults

    /// `[kind, reason]`.
    static func encode(_ fault: TrialFault) -> String {
        JSONText.compact([.string(fault.kind.rawValue), .string(fault.reason)])
    }

    static func encode(_ faults: [TrialFault]) -> String {
        JSONText.compact(.array(faults.map { [.string($0.kind.rawValue), .string($0.reason)] }))
    }

    static func fault(_ text: String) -> TrialFault? { (try? JSONReader.read(text)).flatMap(fault) }

    static func faults(_ text: String) -> [TrialFault]? { (try? JSONReader.read(text))?.array?.compactMap(fault) }

    private static func fault(_ node: Node) -> TrialFault? {
        guard let items = node.array, items.count == 2, let kind = items[0].string.flatMap(TrialFault.Kind.init(rawValue:)),
            let reason = items[1].string
        else { return nil }
        return TrialFault(kind, reason)
    }
}
