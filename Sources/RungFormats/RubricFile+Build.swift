internal import RungCore
internal import RungCrypto
internal import RungText

extension RubricFile {
    /// The rubric of a document that has passed every check.
    static func rubric(from root: Node, digest: Digest) -> Rubric {
        Rubric(
            id: root.text("id"), version: root.text("version"), title: root.text("title"), digest: digest,
            stages: root.items("stages").map(stage),
            dimensions: root.pairs("dimensions").map { Rubric.Dimension(code: $0.key, title: $0.text) },
            criteria: root.items("criteria").map(criterion), symptoms: root.items("symptoms").map(symptom),
            lines: Dictionary(lines(root)) { first, _ in first })
    }

    /// Every statement of the model by its id.
    private static func lines(_ root: Node) -> [(String, String)] {
        ([root] + root.items("stages")).flatMap { part in
            ["deficits", "capabilities", "statements", "background", "level-up"].flatMap { part.pairs($0) }.map { ($0.key, $0.text) }
                + ["key-risk", "key-shift"].compactMap { part[$0] }.map { ($0.text("id"), $0.text("text")) }
        }
    }

    private static func stage(_ node: Node) -> StageDescription {
        StageDescription(
            number: node.whole("number"), name: node.text("name"), summary: node.text("summary"),
            keyRisk: node["key-risk"]?["text"]?.string, keyShift: node["key-shift"]?["text"]?.string,
            deficits: node.pairs("deficits").map(\.text), capabilities: node.pairs("capabilities").map(\.text),
            levelUp: node.pairs("level-up").map { StageDescription.LevelUpAction(id: $0.key, text: $0.text) },
            isComplete: node["complete"]?.bool ?? false)
    }

    private static func criterion(_ node: Node) -> Criterion {
        Criterion(
            id: CriterionID(node.text("id")), stage: node.whole("stage"), dimension: node.text("dimension"),
            isKey: node["key"]?.bool ?? false, title: node.text("title"), question: node.text("question"),
            meaning: node.text("meaning"), why: node.text("why"),
            measureText: node["measure"]?.text("text") ?? "", measure: measure(node["measure"] ?? Node(.null)),
            remediation: remediation(node["remediation"] ?? Node(.null)),
            prerequisites: node.items("prerequisites").compactMap(\.string).map { CriterionID($0) },
            lines: node.items("lines").compactMap(\.string), isAttested: node["attested"]?.bool ?? false,
            crosswalk: (node["crosswalk"]?.members ?? []).flatMap { member in
                (member.value.array ?? []).compactMap(\.string).map { .init(framework: member.key, id: $0) }
            })
    }

    private static func measure(_ node: Node) -> Criterion.Measure {
        Criterion.Measure(
            sql: node.text("sql"), windowDays: node.whole("window-days"), partial: node["partial"]?.double ?? 0,
            full: node["full"]?.double ?? 0, better: node.word("better") ?? .up, zero: node["zero"]?.double,
            aggregate: node.word("aggregate") ?? .share, minimumPopulation: node.whole("minimum-population"),
            population: node.word("population") ?? .census, detector: node["detector"]?.string, unit: node.text("unit"),
            applicability: node["applicability"]?.string,
            hasIndependentDenominator: node["independent-denominator"]?.bool ?? false)
    }

    private static func remediation(_ node: Node) -> Criterion.Remediation {
        Criterion.Remediation(
            text: node.text("text"), effort: node.word("effort") ?? .large, levelUp: node["level-up"]?.string,
            command: node["command"]?.string)
    }

    private static func symptom(_ node: Node) -> Symptom {
        Symptom(
            id: node.text("id"), title: node.text("title"), measureText: node.text("text"), sql: node.text("sql"),
            windowDays: node.whole("window-days"), lines: node.items("lines").compactMap(\.string))
    }
}

extension Node {
    /// The text under `key`; empty when there is none.
    fileprivate func text(_ key: String) -> String { self[key]?.string ?? "" }

    /// The whole number under `key`; 0 when there is none.
    fileprivate func whole(_ key: String) -> Int { self[key]?.int ?? 0 }

    /// The word under `key`; nil when it is not one of the enumeration.
    fileprivate func word<Word: RawRepresentable<String>>(_ key: String) -> Word? {
        self[key]?.string.flatMap { Word(rawValue: $0) }
    }

    /// The entries of the list under `key`; empty when there is none.
    fileprivate func items(_ key: String) -> [Node] { self[key]?.array ?? [] }

    /// Keys with their texts under `key`, in the order of the file.
    fileprivate func pairs(_ key: String) -> [(key: String, text: String)] {
        (self[key]?.members ?? []).map { ($0.key, $0.value.string ?? "") }
    }
}
