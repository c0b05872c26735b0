import RungCore
import RungCrypto
import Testing

@testable import RungReporting

@Suite struct RoadmapMarkdownTests {
    private func text(_ assessment: Assessment, to target: Int) -> String {
        RoadmapMarkdown.render(assessment, rubric: RoadmapFixture.rubric, to: target)
    }

    @Test func `a plan is a checklist for each stage`() {
        #expect(
            text(AssessmentFixture.assessment, to: 4) == """
                ## Roadmap as of 2026-09-21, from stage 2 (Zoo) to stage 4 (Learning)

                Rubric 1.0.0 (`\(RunFixture.digest("rubric"))`), ledger of 12,345 entries (`\(RunFixture.digest("root"))`). \
                2 steps, effort 4 (small 1, medium 3, large 8).

                ### Towards stage 3, Operating team: 2 steps, effort 4

                - [ ] **Set up one registry for all agents** (`REG-301` key, effort medium)  
                  Register every agent that logs show, with owner and purpose.  
                  needs 2 more agents  
                  falls short: router (1 of 3)  
                  owner: rita, bob; due 2026-10-01; scores +1.25  
                  `rung init --registry`
                - [ ] **Value is measured** (`VAL-301`, effort small)  
                  owner: nobody is named  
                  by hand

                Stage 4 (Learning) cannot be earned: the rubric does not hold all of its criteria.

                A step is due on the day on which the window of a quarterly assessment begins, of the first one that leaves two weeks \
                until then. Scores are the sum over all dimensions.

                """)
    }

    @Test func `without steps it says that there is nothing to do`() {
        #expect(
            text(RoadmapFixture.assessment([], stage: 3), to: 3)
                .hasSuffix("\n\nStage 3 (Operating team) is earned: nothing to do for stage 3.\n"))
    }

    @Test func `what evidence holds is shown and never interpreted`() {
        var step = RoadmapFixture.hostileStep
        step.command = nil
        let text = text(RoadmapFixture.assessment([step]), to: 3)
        #expect(text.contains("\\@a \\[b\\](c) &lt;b&gt; red"))
        #expect(!text.contains("[b](c)") && !text.contains("\u{1B}") && !text.contains(" <b>\n"))
    }
}
