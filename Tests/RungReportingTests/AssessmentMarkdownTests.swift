import RungCore
import RungCrypto
import Testing

@testable import RungReporting

@Suite struct AssessmentMarkdownTests {
    @Test func `teams are a table, the worst first`() {
        var assessment = AssessmentFixture.assessment
        assessment.teams = AssessmentFixture.teams
        #expect(
            AssessmentMarkdown.render(assessment).contains(
                """
                ### Teams

                | team | stage | agents | weight | binds | lacks |
                | --- | --- | --- | --- | --- | --- |
                | sales | 2 | 2 | 25.0 % of calls, 50.0 % exposure, high risk | yes | lacks REG-301\\* for stage 3 |
                | (no team) | 3 | 1 | 75.0 % of calls, 50.0 % exposure | yes |  |

                The worst comes first. The organization stands at most one stage above a team that binds it.
                """))
    }

    @Test func `the Markdown report has the ladder, symptoms, criteria and a checklist`() {
        #expect(
            AssessmentMarkdown.render(AssessmentFixture.assessment) == """
                ## As of 2026-09-21: stage 2 (Zoo)

                Rubric 1.0.0 (`\(RunFixture.digest("rubric"))`), ledger of 12,345 entries (`\(RunFixture.digest("root"))`).

                | stage | name | status |
                | --- | --- | --- |
                | 4 | Learning | not assessed |
                | 3 | Operating team | not met, 1 of 3 criteria full |
                | 2 | **Zoo** | met, 5 of 5 criteria full; **you are here** |
                | 1 | stage 1 |  |

                ### Stage 3, Operating team: not met

                - key criterion REG-301 is partial
                - 1 of 3 applicable criteria is full; 80 % are needed

                ### Zoo symptoms

                | symptom | shown by | who |
                | --- | --- | --- |
                | Agents without an owner | 2 of 5 | faq, router |
                | Agents that overlap | not measured | no such view: overlaps |

                ### Criteria of stage 2, Zoo

                | criterion | title | band | numbers | credit | why |
                | --- | --- | --- | --- | --- | --- |
                | `OBS-201` key | Prompts are logged | full | 20 of 20 | 1.00 |  |

                ### Criteria of stage 3, Operating team

                | criterion | title | band | numbers | credit | why |
                | --- | --- | --- | --- | --- | --- |
                | `REG-301` key | One complete registry | partial | 3 of 5, class D | 0.60 | 60.0 % of the units satisfy it, which is below the 95.0 % that full asks for<br>falls short: faq, router (1 of 3) |
                | `GOV-302` | Reviews \\| are \\*quick\\* | insufficient | 12.5 (n = 2) | 0.00 | 2 reviews; at least 5 are needed |
                | `VAL-301` | Value is measured | none | – | 0.00 |  |

                ### Next steps towards stage 3

                - [ ] **Set up one registry for all agents** (`REG-301` key, effort medium)  
                  Register every agent that logs show, with owner and purpose.  
                  needs 2 more agents  
                  falls short: router (1 of 3)  
                  owner: rita, bob; due 2026-10-01; scores +1.25  
                  `rung init --registry`
                - [ ] **Value is measured** (`VAL-301`, effort small)  
                  owner: nobody is named  
                  by hand

                ### Notes

                - 1,200 of 1,300 records were imported

                """)
    }

    @Test func `a void assessment says so in its heading`() {
        #expect(
            AssessmentMarkdown.render(AssessmentFixture.void)
                .hasPrefix("## As of 2026-09-21: no stage: the ledger does not verify at entry 17\n"))
    }
}
