import RungCore
import RungText

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

    /// Sentences on what is agreed and what is at risk: a stage that is held, and criteria that are waived.
    var exceptions: [String] {
        let notices = assessment.notices.map { notice in
            "at risk: \(title(notice.criterion)) was met until \(notice.since.date) and has too little newer evidence; without more, stage "
                + "\(notice.stage) is lost on \(notice.until.date)"
        }
        let waivers = assessment.waivers.map { waiver in
            let end = waiver.expiresAt.map { "until \($0.date)" } ?? "without an end"
            let reason = waiver.reason.map { ": \(PrintableText.line($0))" } ?? ""
            return "waived \(end): \(title(waiver.criterion)), approved by \(PrintableText.name(waiver.approver))\(reason)"
        }
        return notices + waivers
    }

    private func title(_ id: CriterionID) -> String {
        let title = assessment.findings.first { $0.criterion == id }.map { " (\(PrintableText.line($0.title)))" }
        return PrintableText.name(id.rawValue) + (title ?? "")
    }

    /// Sentences on what has changed and why; empty where nobody asked.
    var trend: [String] {
        guard let trend = assessment.trend, let stage = assessment.stage else { return [] }
        let change = stage == trend.stage ? "stage \(stage) as on" : "stage \(stage), stage \(trend.stage) on"
        let gain = trend.rubric.gain + trend.evidence.gain + trend.practice.gain
        return ["\(change) \(trend.since.date); the eight scores together \(Self.signed(gain))"]
            + [("rubric", trend.rubric), ("age of evidence", trend.evidence), ("practice", trend.practice)].map { name, step in
                var parts = [Self.signed(step.gain)]
                if !step.gained.isEmpty { parts.append("gained " + step.gained.map(\.rawValue).joined(separator: ", ")) }
                if !step.lost.isEmpty { parts.append("lost " + step.lost.map(\.rawValue).joined(separator: ", ")) }
                return "\(name): " + parts.joined(separator: "; ")
            }
    }

    /// `+0.25`, `−1.00`, `±0.00`.
    private static func signed(_ value: Double) -> String {
        let text = NumberText.fixed(abs(value), places: 2)
        return (text == "0.00" ? "±" : value > 0 ? "+" : "−") + text
    }

    /// Whether single teams are worth a word: with one team alone there is nothing to compare.
    var hasTeams: Bool { assessment.teams.count > 1 }

    /// `34.0 % of calls, 51.0 % exposure, high risk`.
    static func weight(_ team: TeamResult) -> String {
        var parts = ["\(percent(team.share)) of calls", "\(percent(team.exposure)) exposure"]
        if let tier = team.tier { parts.append("\(tier.rawValue) risk") }
        return parts.joined(separator: ", ")
    }

    /// `lacks REG-302, GOV-303 and 3 more`; nil when nothing is missing for the next stage. Key criteria come first.
    static func lacks(_ team: TeamResult, atMost limit: Int) -> String? {
        let ids = (team.gaps.filter(\.isKey) + team.gaps.filter { !$0.isKey }).map { $0.criterion.rawValue + ($0.isKey ? "*" : "") }
        return ids.isEmpty ? nil : "lacks \(names(ids, atMost: limit)) for stage \(team.stage + 1)"
    }

    /// The team's name, or what stands for none.
    static func name(_ team: TeamResult) -> String { team.name.map(PrintableText.name) ?? TeamResult.nobody }

    private static func percent(_ share: Double) -> String { NumberText.fixed(share * 100, places: 1) + " %" }

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
