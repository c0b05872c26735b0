internal import RungCore
internal import RungText

/// Finds what one rubric file says otherwise than another, member by member, so that nothing is missed.
struct RubricComparison {
    /// In the order of the files: the rubric, stages, dimensions, statements, criteria, symptoms, frameworks.
    private(set) var changes: [RubricChange] = []

    /// - Parameters:
    ///   - old: a rubric file that has passed every check.
    ///   - new: another one; of overlays, what they come to.
    init(old: Node, new: Node) {
        compare([Field(["title"], .title)], old, new, .rubric, "")
        for key in ["criteria", "symptoms"] { compareOrder(key, old, new) }
        compareStages(old, new)
        compareMaps(Self.members(old["dimensions"]), Self.members(new["dimensions"]), .title) { .dimension($0) }
        compareMaps(Self.statements(old), Self.statements(new), .statement) { .statement($0) }
        compareItems("criteria", Self.criterionFields, old, new) { .criterion(CriterionID($0)) }
        compareItems("symptoms", Self.symptomFields, old, new) { .symptom($0) }
        compareFrameworks(old["frameworks"], new["frameworks"])
    }

    /// A member of the file and what a difference in it is called.
    struct Field {
        let path: [String]
        let what: RubricChange.What
        /// What stands for a member that is left out.
        let standard: String?

        init(_ path: [String], _ what: RubricChange.What, standard: String? = nil) {
            self.path = path
            self.what = what
            self.standard = standard
        }

        /// The value in the words of the file; nil for nothing.
        func text(in node: Node) -> String? {
            let value = path.reduce(node as Node?) { $0?[$1] }
            return value.flatMap(RubricComparison.text) ?? standard
        }
    }

    /// Every member of a criterion but its id.
    static let criterionFields: [Field] =
        [
            Field(["stage"], .stage), Field(["dimension"], .dimension), Field(["key"], .key),
            Field(["attested"], .attested, standard: "false"),
        ]
        + [
            ("full", .full), ("partial", .partial), ("zero", .zero), ("window-days", .window), ("minimum-population", .minimum),
            ("better", .better), ("aggregate", .aggregate), ("population", .population), ("sql", .query), ("detector", .detector),
            ("applicability", .applicability),
        ].map { Field(["measure", $0], $1) }
        + [
            Field(["measure", "independent-denominator"], .denominator, standard: "false"), Field(["prerequisites"], .prerequisites),
            Field(["lines"], .lines), Field(["crosswalk"], .crosswalk), Field(["remediation", "level-up"], .levelUp),
            Field(["remediation", "effort"], .effort), Field(["remediation", "command"], .command), Field(["title"], .title),
            Field(["question"], .question), Field(["meaning"], .meaning), Field(["why"], .why), Field(["measure", "text"], .measureText),
            Field(["measure", "unit"], .unit), Field(["remediation", "text"], .remediation),
        ]

    /// Every member of a symptom but its id.
    static let symptomFields = [
        Field(["sql"], .query), Field(["window-days"], .window), Field(["lines"], .lines), Field(["title"], .title),
        Field(["text"], .measureText),
    ]

    private static let stageFields = [
        Field(["complete"], .complete), Field(["name"], .name), Field(["summary"], .summary), Field(["key-risk", "text"], .keyRisk),
        Field(["key-risk", "id"], .keyRisk), Field(["key-shift", "text"], .keyShift), Field(["key-shift", "id"], .keyShift),
    ]

    private static let frameworkFields = [
        Field(["title"], .title), Field(["source"], .source), Field(["complete"], .complete, standard: "false"),
        Field(["ids"], .entries),
    ]

    // MARK: - Parts

    private mutating func compareStages(_ old: Node, _ new: Node) {
        let (before, after) = (Self.stages(old), Self.stages(new))
        for (number, stage) in before {
            let subject = RubricChange.Subject.stage(number)
            guard let other = after.first(where: { $0.number == number })?.node else {
                changes.append(RubricChange(subject, title: Self.name(stage), .removed, effect: .either))
                continue
            }
            compare(Self.stageFields, stage, other, subject, Self.name(other))
        }
        for (number, stage) in after where !before.contains(where: { $0.number == number }) {
            changes.append(RubricChange(.stage(number), title: Self.name(stage), .added, effect: .either))
        }
    }

    private mutating func compareItems(
        _ key: String, _ fields: [Field], _ old: Node, _ new: Node, _ subject: (String) -> RubricChange.Subject
    ) {
        let (before, after) = (Self.items(key, old), Self.items(key, new))
        let isCriterion = key == "criteria"
        for (id, item) in before.list {
            guard let other = after.byID[id] else {
                changes.append(RubricChange(subject(id), title: Self.title(item), .removed, effect: isCriterion ? .easier : .none))
                continue
            }
            compare(fields, item, other, subject(id), Self.title(other))
        }
        for (id, item) in after.list where before.byID[id] == nil {
            let effect: RubricChange.Effect = !isCriterion ? .none : item["key"]?.bool == true ? .harder : .either
            changes.append(RubricChange(subject(id), title: Self.title(item), .added, effect: effect))
        }
    }

    private mutating func compareMaps(
        _ old: [(key: String, text: String)], _ new: [(key: String, text: String)], _ what: RubricChange.What,
        _ subject: (String) -> RubricChange.Subject
    ) {
        for (key, text) in old {
            guard let other = new.first(where: { $0.key == key })?.text else {
                changes.append(RubricChange(subject(key), .removed, from: text))
                continue
            }
            if other != text { changes.append(RubricChange(subject(key), what, from: text, to: other)) }
        }
        for (key, text) in new where !old.contains(where: { $0.key == key }) {
            changes.append(RubricChange(subject(key), .added, to: text))
        }
    }

    private mutating func compareFrameworks(_ old: Node?, _ new: Node?) {
        for member in old?.members ?? [] {
            guard let other = new?[member.key] else {
                changes.append(RubricChange(.framework(member.key), .removed))
                continue
            }
            compare(Self.frameworkFields, member.value, other, .framework(member.key), "")
        }
        for member in new?.members ?? [] where old?[member.key] == nil { changes.append(RubricChange(.framework(member.key), .added)) }
    }

    private mutating func compareOrder(_ key: String, _ old: Node, _ new: Node) {
        let (before, after) = (Self.items(key, old), Self.items(key, new))
        let kept = before.list.map(\.id).filter { after.byID[$0] != nil }
        let now = after.list.map(\.id).filter { before.byID[$0] != nil }
        if kept != now { changes.append(RubricChange(.rubric, .order, to: key)) }
    }

    private mutating func compare(_ fields: [Field], _ old: Node, _ new: Node, _ subject: RubricChange.Subject, _ title: String) {
        for field in fields {
            let (from, to) = (field.text(in: old), field.text(in: new))
            guard from != to else { continue }
            let effect = RubricEffect.of(field.what, subject, old, new)
            changes.append(RubricChange(subject, title: title, field.what, from: from, to: to, effect: effect))
        }
    }

    // MARK: - Reading

    /// In the words of the file, numbers as canonical JSON writes them; nil for what stands empty.
    static func text(_ node: Node) -> String? {
        switch node.content {
        case .null: nil
        case .bool(let flag): flag ? "true" : "false"
        case .number(let number): number.int.map(String.init) ?? CanonicalJSON.text(of: number.double)
        case .string(let text): text
        case .array(let items): items.isEmpty ? nil : items.compactMap(text).joined(separator: ", ")
        case .object(let members):
            members.compactMap { member in text(member.value).map { "\(member.key): \($0)" } }.sorted().joined(separator: "; ").nonEmpty
        }
    }

    private static func title(_ node: Node) -> String { node["title"]?.string ?? "" }

    private static func name(_ node: Node) -> String { node["name"]?.string ?? "" }

    private static func stages(_ root: Node) -> [(number: Int, node: Node)] {
        (root["stages"]?.array ?? []).compactMap { node in node["number"]?.int.map { ($0, node) } }
    }

    private static func items(_ key: String, _ root: Node) -> (list: [(id: String, node: Node)], byID: [String: Node]) {
        let list = (root[key]?.array ?? []).compactMap { node in node["id"]?.string.map { (id: $0, node: node) } }
        return (list, Dictionary(list.map { ($0.id, $0.node) }) { first, _ in first })
    }

    private static func members(_ node: Node?) -> [(key: String, text: String)] {
        (node?.members ?? []).map { ($0.key, $0.value.string ?? "") }
    }

    /// Every line of the model under its key, with the place where it stands: `stage 2, deficits: No logs.`
    private static func statements(_ root: Node) -> [(key: String, text: String)] {
        func lines(_ node: Node, _ place: String) -> [(key: String, text: String)] {
            ["deficits", "capabilities", "statements", "background", "level-up"].flatMap { group in
                members(node[group]).map { ($0.key, "\(place)\(group): \($0.text)") }
            }
        }
        return stages(root).flatMap { lines($0.node, "stage \($0.number), ") } + lines(root, "")
    }
}

extension String {
    fileprivate var nonEmpty: String? { isEmpty ? nil : self }
}
