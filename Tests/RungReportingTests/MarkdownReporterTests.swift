import RungCore
import RungCrypto
import Testing

@testable import RungReporting

@Suite struct MarkdownReporterTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func written(_ events: [RunEvent]) throws -> String {
        try MarkdownReporter(path: folder.file("s.md")).handle(events)
        return try folder.text("s.md")
    }

    @Test func `the summary leads with the decision and folds the details away`() throws {
        let cases = Array(RunFixture.everyVerdict[0...2])
        #expect(
            try written(RunFixture.events(RunFixture.header(), cases)) == """
                ## Gate failed: refunds

                - pass rate 20.0 % is below the minimum of 80.0 %
                - 1 case fails newly

                | passed | failed | errored | unscored | skipped | quarantined | cases |
                | ---: | ---: | ---: | ---: | ---: | ---: | ---: |
                | 1 | 1 | 1 | 0 | 0 | 0 | 3 |

                **Pass rate** 20.0 % (95 % interval 3.6 % to 62.5 %, n = 5, wilson)  
                Counted: every case counts, also errored, unscored and skipped ones; quarantined cases do not  
                Retries after infrastructure faults: 1

                ### Newly failing (1)

                - `refunds/names-the-limit@faq`

                ### Cases that did not pass

                <details><summary><b>failed</b> <code>names-the-limit</code> (<code>faq</code>) contains: the answer lacks "30 days" <code>scenarios/refunds.jsonl:2</code></summary>

                ```text
                contains (1): the answer lacks "30 days"
                  expected: 30 days
                  actual:
                    two weeks
                    or so
                  diff:
                    - 30 days
                    + two weeks
                ```

                </details>
                <details><summary><b>errored</b> <code>never-answers</code> (<code>faq</code>) timed-out: no result after 30 s <code>scenarios/refunds.jsonl:3</code></summary>

                ```text
                timed-out: no result after 30 s
                trial #0 retried after crashed: exit status 3
                ```

                </details>

                <details><summary>About this run</summary>

                |  |  |
                | --- | --- |
                | run | `run-1` |
                | started | 2026-09-21T14:13:20Z |
                | took | 1.2 s |
                | status | complete |
                | trials | 3 |
                | seed | 42 |
                | plan | `\(RunFixture.digest("plan"))` |
                | suite `refunds` | `\(RunFixture.digest("suite refunds"))` |
                | usage | 360 tokens, \\$0.0030 |

                </details>

                """)
    }

    @Test func `an incomplete run of several suites says so first and names each suite`() throws {
        let header = RunFixture.header([RunFixture.suite(), RunFixture.suite("routing")])
        let text = try written(
            RunFixture.events(
                header, [RunFixture.everyVerdict[0]], status: .incomplete("cancelled"), gate: GateDecision(.inconclusive, [])))
        #expect(
            text.hasPrefix(
                """
                ## Gate inconclusive: refunds+routing

                **The run is incomplete:** cancelled  
                Resume it: `rung test ... --resume run-1`

                """))
        #expect(
            text.contains(
                "| suite | gate | pass rate | passed | cases |\n| --- | --- | ---: | ---: | ---: |\n| `refunds` | inconclusive | 20.0 % | 1 | 1 |\n"
            ))
        #expect(!text.contains("### Cases that did not pass"))
    }

    @Test func `what agents say cannot become markup`() throws {
        let grade = RunFixture.holds(false, "</summary><script>*x*", actual: "```\n</details>\u{1B}[31m")
        let text = try written(
            RunFixture.events(
                RunFixture.header(), [RunFixture.result("a<b>`|", .failed, [RunFixture.trial(.failed, grades: [grade])])],
                gate: GateDecision(.fail, ["<img src=x> [link](http://x)"])))
        #expect(text.contains("- &lt;img src=x&gt; \\[link\\](http\\://x)\n"))
        #expect(text.contains("<code>a&lt;b&gt;`|</code> (<code>faq</code>) contains: &lt;/summary&gt;&lt;script&gt;*x* <code>"))
        #expect(text.contains("\n````text\ncontains (1): </summary><script>*x*\n  actual:\n    ```\n    </details>\n````\n"))
    }

    @Test func `the file stays below one MiB whatever the run holds`() throws {
        let huge = String(repeating: "<`|x", count: 5_000)
        let grades = (0..<10).map { _ in RunFixture.holds(false, huge, expected: huge, actual: huge, diff: huge) }
        let cases = (0..<80).map { index in
            RunFixture.result(CaseID("\(huge)\(index)"), .failed, (0..<10).map { RunFixture.trial(.failed, index: $0, grades: grades) })
        }
        let gate = GateDecision(
            .fail, Array(repeating: huge, count: 100), newlyFailing: cases.map(\.key), newlyPassing: cases.map(\.key))
        let text = try written(RunFixture.events(RunFixture.header(), cases, status: .incomplete(huge), gate: gate))
        #expect(text.utf8.count < 1 << 20)
        #expect(text.contains("\n30 more cases did not pass; see them all: `rung runs show run-1`\n"))
        #expect(text.contains("- and 30 more\n"))
    }
}
