import RungCore
import RungCrypto
import RungText
import Testing

@Suite("Verdicts")
struct VerdictTests {
    @Test(
        "the requirement decides what the trials add up to",
        arguments: [
            (TrialRequirement.all, [Verdict.passed, .passed], Verdict.passed),
            (.all, [.passed, .failed], .failed),
            (.all, [.passed, .errored], .errored),
            (.all, [.failed, .errored], .failed),
            (.all, [.passed, .unscored], .unscored),
            (.all, [.errored, .unscored], .errored),
            (.all, [], .unscored),
            (.any, [.failed, .passed], .passed),
            (.any, [.failed, .errored], .errored),
            (.any, [.failed, .failed], .failed),
            (.any, [], .unscored),
            (.atLeast(2), [.passed, .passed, .failed], .passed),
            (.atLeast(2), [.passed, .failed, .failed], .failed),
            (.atLeast(2), [.passed, .failed, .errored], .errored),
        ])
    func requirement(_ requirement: TrialRequirement, _ trials: [Verdict], _ expected: Verdict) {
        #expect(requirement.verdict(of: trials) == expected)
    }

    @Test(
        "the most serious status decides the exit status",
        arguments: [
            ([RungCore.ExitStatus.failed, .inconclusive], RungCore.ExitStatus.failed), ([.failed, .infrastructure], .infrastructure),
            ([.infrastructure, .invalidInput], .invalidInput), ([.invalidInput, .usage], .usage), ([], .passed),
            ([.inconclusive, .passed], .inconclusive),
        ])
    func exitStatus(_ statuses: [RungCore.ExitStatus], _ expected: RungCore.ExitStatus) {
        #expect(RungCore.ExitStatus.decisive(statuses) == expected)
    }

    @Test("a deciding grade that fails outweighs one that broke")
    func gradesAddUp() {
        func grade(_ value: Judgement.Value, _ role: GradeRole = .verdict) -> Grade {
            Grade(name: "g", kind: "g", version: "1", role: role, judgement: Judgement(value, ""))
        }
        #expect(Grade.verdict(of: [grade(.holds(true)), grade(.holds(true))]) == .passed)
        #expect(Grade.verdict(of: [grade(.broken), grade(.holds(false))]) == .failed)
        #expect(Grade.verdict(of: [grade(.broken), grade(.holds(true))]) == .errored)
        #expect(Grade.verdict(of: [grade(.holds(true)), grade(.holds(false), .report)]) == .passed)
        #expect(Grade.verdict(of: [grade(.abstained), grade(.score(1)), grade(.label("x"))]) == .unscored)
        #expect(Grade.verdict(of: []) == .unscored)
    }

    @Test("negation turns an assertion round and nothing else")
    func negation() {
        struct Fixed: Grader {
            let value: Judgement.Value
            func judge(_ subject: GradingSubject) -> Judgement { Judgement(value, "because") }
        }
        func grade(_ value: Judgement.Value) -> Grade {
            let binding = GraderBinding(name: "f", kind: "f", version: "1", role: .verdict, isNegated: true, grader: Fixed(value: value))
            let scenario = Scenario(
                id: "s", input: .null, digest: .init(bytes: [UInt8](repeating: 0, count: 32)), location: SourceLocation(file: "f", line: 1))
            return binding.grade(GradingSubject(scenario: scenario, transcript: Transcript()))
        }
        #expect(grade(.holds(true)).judgement.value == .holds(false))
        #expect(grade(.holds(false)).verdict == .passed)
        #expect(grade(.holds(false)).judgement.reason == "not: because")
        #expect(grade(.broken).verdict == .errored)
        #expect(grade(.abstained).verdict == nil)
        #expect(grade(.score(0)).judgement.value == .score(0))
    }
}
