import RungCore
import RungCrypto
import Testing

@testable import RungReporting

@Suite struct AssessmentTextTests {
    @Test func `teams are told the worst first, with what they lack`() {
        var assessment = AssessmentFixture.assessment
        assessment.teams = AssessmentFixture.teams
        let text = AssessmentText.render(assessment, width: 80, colour: false)
        #expect(
            text.contains(
                """


                teams, the worst first (+ the organization stands at most one stage above)
                  sales +                 stage 2  25.0 % of calls, 50.0 % exposure, high risk
                      lacks REG-301* for stage 3
                  (no team) +             stage 3  75.0 % of calls, 50.0 % exposure


                """))
        assessment.teams = [AssessmentFixture.teams[0]]
        #expect(!AssessmentText.render(assessment, width: 80, colour: false).contains("teams"))
    }

    @Test func `the console report draws the ladder and says why`() {
        #expect(
            AssessmentText.render(AssessmentFixture.assessment, width: 80, colour: false) == """
                as of 2026-09-21: stage 2 (Zoo)
                rubric 1.0.0 (\(RunFixture.digest("rubric").short)), ledger of 12,345 entries (\(RunFixture.digest("root").short))

                  |-----|
                  |  4  |  Learning                        not assessed
                  |-----|
                  |  3  |  Operating team                  not met, 1 of 3 criteria full
                  |-----|
                  |* 2 *|  Zoo                             you are here
                  |-----|
                  |  1  |  stage 1
                  |-----|

                stage 3, Operating team: not met, 1 of 3 criteria full
                  - key criterion REG-301 is partial
                  - 1 of 3 applicable criteria is full; 80 % are needed

                zoo symptoms
                  Agents without an owner                   2 of 5
                      faq, router
                  Agents that overlap                       not measured: no such view: overlaps

                criteria of stage 2, Zoo (* key)
                  OBS-201*  Prompts are logged               full           20 of 20

                criteria of stage 3, Operating team (* key, [A] to [D] class of evidence)
                  REG-301*  One complete registry            partial        [D] 3 of 5
                            60.0 % of the units satisfy it, which is below the 95.0 % that full
                            asks for
                  GOV-302   Reviews | are *quick*            insufficient   12.5 (n = 2)
                            2 reviews; at least 5 are needed
                  VAL-301   Value is measured                none           –

                next steps towards stage 3
                  1. Set up one registry for all agents (REG-301*, effort medium)
                     Register every agent that logs show, with owner and purpose.
                     needs 2 more agents; falls short: router (1 of 3)
                     owner: rita, bob; due 2026-10-01; scores +1.25
                     $ rung init --registry
                  2. Value is measured (VAL-301, effort small)
                     owner: nobody is named
                     by hand

                note: 1,200 of 1,300 records were imported

                """)
    }

    @Test func `a void assessment stands on no rung`() {
        let text = AssessmentText.render(AssessmentFixture.void, width: 80, colour: false)
        #expect(text.hasPrefix("as of 2026-09-21: no stage: the ledger does not verify at entry 17\n"))
        #expect(text.contains("\n  |  2  |  Zoo                             met, 5 of 5 criteria full\n"))
        #expect(!text.contains("you are here"))
    }

    @Test func `no line is wider than asked for, and only the first five steps are shown`() {
        var assessment = AssessmentFixture.assessment
        let long = String(repeating: "long words and more ", count: 20)
        for index in assessment.findings.indices { assessment.findings[index].title = long }
        for index in assessment.symptoms.indices { assessment.symptoms[index].title = long }
        for index in assessment.stages.indices { assessment.stages[index].reasons = Array(repeating: long, count: 12) }
        assessment.roadmap = (1...9).map { order in
            var step = assessment.roadmap[0]
            step.order = order
            step.action = long
            return step
        }
        let text = AssessmentText.render(assessment, width: 20, colour: false)
        for line in text.split(separator: "\n") { #expect(Columns.count(line) <= 80) }
        #expect(text.contains("\nnext steps towards stage 3 (first 5 of 9)\n"))
        #expect(text.contains("\n  5. Set up") && !text.contains("\n  6. Set up"))
        #expect(text.contains("\n  - and 4 more\n"))
    }

    @Test func `colour marks the rung and the bands`() {
        let text = AssessmentText.render(AssessmentFixture.assessment, width: 80, colour: true)
        #expect(text.contains("  \u{1B}[32m|* 2 *|\u{1B}[0m  "))
        #expect(text.contains(" \u{1B}[33mpartial       \u{1B}[0m [D] 3 of 5\n"))
    }
}
