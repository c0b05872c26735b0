import Foundation
import RungCore
import RungXML
import Testing

@testable import RungReporting

@Suite struct AssessmentBadgeTests {
    private func badge(_ assessment: Assessment, _ rubric: Rubric = RoadmapFixture.rubric) -> String {
        AssessmentBadge.render(assessment, rubric: rubric)
    }

    @Test func `it says the stage, the day, the rubric and whether it is provisional`() {
        var assessment = AssessmentFixture.assessment
        #expect(badge(assessment).contains("<title>AgentOps, stage 2: Zoo, 2026-09-21 · rubric 1.0.0 · provisional</title>"))
        assessment.confidence = 0.9
        #expect(badge(assessment).contains("<title>AgentOps, stage 2: Zoo, 2026-09-21 · rubric 1.0.0</title>"))
        #expect(!badge(assessment).contains("provisional"))
    }

    @Test func `a void assessment shows no stage`() {
        let text = badge(AssessmentFixture.void)
        #expect(text.contains(">no stage: ledger does not verify</text>"))
        #expect(!text.contains("stage 2") && text.contains("fill=\"#b3261e\""))
    }

    @Test func `it is well-formed, needs nothing from elsewhere, and its fields lie side by side`() throws {
        var rubric = RoadmapFixture.rubric
        rubric.stages[1].name = "<script>\"&' " + String(repeating: "long ", count: 100)
        let text = badge(AssessmentFixture.assessment, rubric)
        let reader = try XMLPullReader(bytes: Array(text.utf8), name: "badge.svg")
        var elements: [String] = []
        while let event = try reader.next() {
            if case .start(let name, _) = event { elements.append(name) }
        }
        #expect(elements == ["svg", "title", "clipPath", "rect", "g", "rect", "rect", "rect", "g", "text", "text", "text"])
        #expect(!text.contains("<script") && !text.contains("href") && !text.contains("url(h"))
        #expect(text.components(separatedBy: "http").count == 2)
        #expect(text.utf8.count < 3_000)
    }
}
