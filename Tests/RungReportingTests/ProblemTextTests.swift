import RungCore
import RungCrypto
import Testing

@testable import RungReporting

@Suite struct ProblemTextTests {
    private func problem(
        _ verdict: Verdict, _ trials: [TrialResult], requirement: TrialRequirement = .all, note: String? = nil
    ) -> ProblemText {
        ProblemText(result: RunFixture.result("c", verdict, trials, note: note), requirement: requirement)
    }

    private func report(_ value: Judgement.Value, role: GradeRole) -> Grade {
        Grade(name: "mine", kind: "json", version: "2", role: role, judgement: Judgement(value, "said so"))
    }

    @Test func `a failure names the grader that decided, not those that only report or passed`() {
        let grades = [report(.holds(false), role: .report), RunFixture.holds(true, "fine"), report(.holds(false), role: .verdict)]
        let problem = problem(.failed, [RunFixture.trial(.failed, grades: grades)])
        #expect(problem.message == "mine: said so")
        #expect(problem.kind == "json")
        #expect(problem.details == ["mine (json 2): said so"])
    }

    @Test func `an unscored case says what the graders said, or that none spoke`() {
        let abstained = problem(.unscored, [RunFixture.trial(.unscored, grades: [report(.abstained, role: .verdict)])])
        #expect(abstained.message == "mine: said so")
        let silent = problem(.unscored, [RunFixture.trial(.unscored)])
        #expect(silent.message == "no grader with the role verdict reached a judgement")
        #expect(silent.kind == "unscored")
        #expect(problem(.unscored, []).message == "no trial was made")
    }

    @Test func `several trials are counted and the one that decided is shown`() {
        let fault = TrialFault(.crashed, "exit status 3")
        let problem = problem(
            .failed,
            [
                RunFixture.trial(.passed, index: 0), RunFixture.trial(.errored, index: 1, fault: fault),
                RunFixture.trial(.failed, index: 2, grades: [RunFixture.holds(false, "no", expected: "a\n\nb")]),
                RunFixture.trial(.failed, index: 3, grades: [RunFixture.holds(false, "no")]),
            ], requirement: .atLeast(3))
        #expect(
            problem.details == [
                "1 of 4 trials passed, 2 failed, 1 errored; 3 must pass", "trial #2 failed: contains (1): no", "  expected:",
                "    a", "", "    b", "trial #1 errored: crashed: exit status 3", "trial #3 failed: contains: no",
            ])
    }

    @Test(arguments: [(TrialRequirement.all, "all must pass"), (.any, "one must pass"), (.atLeast(2), "2 must pass")])
    func `the requirement is said in words`(requirement: TrialRequirement, words: String) {
        let trials = [RunFixture.trial(.passed), RunFixture.trial(.failed, index: 1)]
        #expect(problem(.failed, trials, requirement: requirement).trialCounts == "1 of 2 trials passed, 1 failed; \(words)")
    }

    @Test func `long values, many trials and many retries are bounded`() {
        let long = RunFixture.holds(false, "no", actual: String(repeating: "x", count: 5_000))
        let retried = (1...7).map { TrialFault(.timedOut, "try \($0)") }
        let trials = (0..<8).map { RunFixture.trial(.failed, index: $0, grades: [long], retried: $0 == 0 ? retried : []) }
        let details = problem(.failed, trials).details
        #expect(details[2] == "  actual: \(String(repeating: "x", count: 2_048))… (2,952 bytes more)")
        #expect(details.contains("… and 2 trials more"))
        #expect(details.suffix(2) == ["trial #0 retried after timed-out: try 5", "… and 2 retries more"])
    }

    @Test func `control characters of agents reach no line`() {
        let problem = problem(
            .failed, [RunFixture.trial(.failed, grades: [RunFixture.holds(false, "\u{1B}[2Jbad\nreason", actual: "a\u{8}b")])])
        #expect(problem.details == ["contains (1): bad reason", "  actual: a␈b"])
    }
}
