import RungCore
import RungCrypto

/// A rubric of four stages for reports that need the names of stages.
enum RoadmapFixture {
    static let rubric = Rubric(
        id: "sample", version: "1.0.0", title: "Sample", digest: RunFixture.digest("rubric"),
        stages: ["Bot", "Zoo", "Operating team", "Learning"].enumerated().map { index, name in
            StageDescription(
                number: index + 1, name: name, summary: "", keyRisk: nil, keyShift: nil, deficits: [], capabilities: [], levelUp: [],
                isComplete: index < 3)
        }, dimensions: [], criteria: [], symptoms: [])

    /// The fixture's assessment with this roadmap.
    static func assessment(_ steps: [RoadmapStep], stage: Int = 2) -> Assessment {
        var assessment = AssessmentFixture.assessment
        assessment.stage = stage
        assessment.stageName = rubric.stage(stage)?.name
        assessment.roadmap = steps
        return assessment
    }

    /// What evidence, files and people may hold, in every field.
    static let hostileStep: RoadmapStep = {
        let text = "=HYPERLINK(\"x\"),\r\n@a [b](c) <b> \u{1B}[31mred"
        var step = AssessmentFixture.assessment.roadmap[0]
        step.criterion = "-1+2"
        (step.headline, step.action, step.command, step.unit, step.reason) = (text, text, text, text, text)
        step.owners = [text]
        step.failing = [FailingEntity(entity: text, satisfied: 0, total: 2)]
        return step
    }()
}
