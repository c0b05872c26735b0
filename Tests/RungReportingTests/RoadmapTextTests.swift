import RungCore
import RungCrypto
import Testing

@testable import RungReporting

@Suite struct RoadmapTextTests {
    private func text(_ assessment: Assessment, to target: Int, width: Int = 80) -> String {
        RoadmapText.render(assessment, rubric: RoadmapFixture.rubric, to: target, width: width, colour: false)
    }

    @Test func `a plan is told step by step, with who, by when, what it brings, and the rung that is reached`() {
        #expect(
            text(AssessmentFixture.assessment, to: 3) == """
                roadmap as of 2026-09-21, from stage 2 (Zoo) to stage 3 (Operating team)
                rubric 1.0.0 (\(RunFixture.digest("rubric").short)), ledger of 12,345 entries (\(RunFixture.digest("root").short))
                2 steps, effort 4 (small 1, medium 3, large 8)

                towards stage 3, Operating team: 2 steps, effort 4
                  1. Set up one registry for all agents (REG-301*, effort medium)
                     Register every agent that logs show, with owner and purpose.
                     needs 2 more agents; falls short: router (1 of 3)
                     owner: rita, bob; due 2026-10-01; scores +1.25
                     $ rung init --registry
                  2. Value is measured (VAL-301, effort small)
                     owner: nobody is named
                     by hand
                  => stage 3, Operating team

                note: A step is due on the day on which the window of a quarterly assessment
                  begins, of the first one that leaves two weeks until then. Scores are the sum
                  over all dimensions.

                """)
    }

    @Test func `a stage that is earned already leaves nothing to do`() {
        let text = text(RoadmapFixture.assessment([], stage: 3), to: 2)
        #expect(text.hasSuffix("\n\nstage 3 (Operating team) is earned: nothing to do for stage 2\n"))
        #expect(!text.contains("note:"))
    }

    @Test func `a plan that ends below its target says what cannot be earned`() {
        let text = text(AssessmentFixture.assessment, to: 4)
        #expect(text.contains("\n\nstage 4 (Learning) cannot be earned: the rubric does not hold all of its\n  criteria\n"))
    }

    @Test func `a plan from suppositions says so`() {
        var assessment = AssessmentFixture.assessment
        assessment.assumptions = ["PRM-*=full", "REG-302=0.9"]
        #expect(text(assessment, to: 3).contains("\nsupposing PRM-*=full, REG-302=0.9\n"))
    }

    @Test func `no line but a command is wider than asked for, and terminal codes are shown as nothing`() {
        var step = RoadmapFixture.hostileStep
        let long = String(repeating: "long words and more ", count: 20)
        (step.action, step.headline, step.unit) = (long, long, long)
        step.owners = Array(repeating: long, count: 20)
        let text = text(RoadmapFixture.assessment([step]), to: 3, width: 20)
        for line in text.split(separator: "\n") where !line.contains("$ ") { #expect(Columns.count(line) <= 80, "\(line)") }
        #expect(!text.contains("\u{1B}"))
        #expect(text.contains("15 more;"))
    }
}
