import RungCore

/// The words and numbers that the assessment reports for people share.
struct AssessmentWords {
    /// What is reported.
    let assessment: Assessment
    /// Names stages that the assessment does not name; nil when it is not at hand.
    let rubric: Rubric?

    /// `stage 2 (Zoo)`, or why there is none.
    var headline: String {
        guard let stage = assessment.stage else {
            return "no stage: \(PrintableText.line(assessment.voidReason ?? "the assessment is void"))"
        }
        guard !assessment.assumptions.isEmpty else { return "stage \(stage) (\(name(ofStage: stage)))" }
        let supposed = assessment.assumptions.map(PrintableText.line).joined(separator: ", ")
        return "stage \(stage) (\(name(ofStage: stage))) would be earned with \(supposed); a plan, no assessment"
    }

    /// How well the stage is founded.
    func confidence(inStage stage: Int) -> String {
        let number = NumberText.fixed(assessment.confidence, places: 2)
        guard assessment.isProvisional else { return "confidence \(number)" }
        let needed = NumberText.fixed(Assessment.confidenceNeeded, places: 1)
        return "provisional: stage \(stage) rests on evidence with confidence \(number), below \(needed); weak classes, old or scarce "
            + "records lower it"
    }

    /// Numbers of all stages that are known, the highest first.
    var stageNumbers: [Int] {
        var numbers = Set(assessment.stages.map(\.number) + (rubric?.stages.map(\.number) ?? []))
        numbers.insert(1)
        if let stage = assessment.stage { numbers.insert(stage) }
        return numbers.sorted(by: >)
    }

    /// The stage's name in the rubric or the result; `stage N` when neither says it.
    func name(ofStage number: Int) -> String {
        if let name = rubric?.stage(number)?.name { return PrintableText.name(name) }
        if let result = assessment.stages.first(where: { $0.number == number }) { return PrintableText.name(result.name) }
        if number == assessment.stage, let name = assessment.stageName { return PrintableText.name(name) }
        return "stage \(number)"
    }

    /// `met, 5 of 5 criteria full`; the first stage needs nothing.
    func status(ofStage number: Int) -> String {
        guard let result = assessment.stages.first(where: { $0.number == number }) else { return "" }
        if result.status == .notAssessed { return result.status.rawValue }
        let noun = result.applicable == 1 ? "criterion" : "criteria"
        return "\(result.status.rawValue), \(result.full) of \(result.applicable) \(noun) full"
    }

    /// The class of the worst evidence behind a finding; nil where nothing was counted.
    static func evidenceClass(_ finding: Finding) -> String? {
        finding.total > 0 || finding.value != nil ? finding.evidenceClass?.rawValue : nil
    }

    /// `12 of 20`; a value with its population for measures that are no share; `–` without a population.
    static func numbers(_ finding: Finding) -> String {
        guard let value = finding.value else { return finding.total > 0 ? share(finding) : "–" }
        let isShare = finding.total > 0 && abs(value - Double(finding.satisfied) / Double(finding.total)) < 1e-9
        if isShare { return share(finding) }
        let places = abs(value) >= 100 ? 0 : abs(value) >= 1 ? 1 : 3
        let text = NumberText.fixed(value, places: places)
        return finding.total > 0 ? "\(text) (n = \(NumberText.grouped(finding.total)))" : text
    }

    private static func share(_ finding: Finding) -> String {
        "\(NumberText.grouped(finding.satisfied)) of \(NumberText.grouped(finding.total))"
    }

    /// The first entities that fall short, each with its numbers, and how many more there are; nil when there are none.
    static func failing(_ entities: [FailingEntity], atMost limit: Int) -> String? {
        guard !entities.isEmpty else { return nil }
        var names = entities.prefix(limit).map { entity in
            let name = PrintableText.bounded(PrintableText.name(entity.entity), bytes: 80)
            return entity.total > 1 ? "\(name) (\(entity.satisfied) of \(entity.total))" : name
        }
        if entities.count > limit { names.append("\(NumberText.grouped(entities.count - limit)) more") }
        return names.joined(separator: ", ")
    }

    /// The names of entities, the first of them, and how many more there are.
    static func names(_ entities: [String], atMost limit: Int) -> String {
        var names = entities.prefix(limit).map { PrintableText.bounded(PrintableText.name($0), bytes: 80) }
        if entities.count > limit { names.append("\(NumberText.grouped(entities.count - limit)) more") }
        return names.joined(separator: ", ")
    }

    /// The findings of a stage, in the order of the rubric.
    func findings(ofStage number: Int) -> [Finding] { assessment.findings.filter { $0.stage == number } }

    /// Stages that have findings, from low to high.
    var assessedStages: [Int] { Set(assessment.findings.map(\.stage)).sorted() }

    /// `small`, `medium` or `large`.
    static func effort(_ effort: Criterion.Effort) -> String {
        switch effort {
        case .small: "small"
        case .medium: "medium"
        case .large: "large"
        }
    }
}
