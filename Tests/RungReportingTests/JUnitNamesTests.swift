import RungCore
import RungCrypto
import Testing

@testable import RungReporting

@Suite struct JUnitNamesTests {
    private func name(_ id: CaseID, _ subject: RunSubject, in suites: [SuiteHeader], at index: Int = 0) -> String {
        var names = JUnitNames(suites)
        let found = names.names(of: RunFixture.result(id, .passed, suite: suites[index].id, subject: subject), suite: index)
        return "\(found.className) | \(found.name)"
    }

    @Test func `the class is suite and agent, the name is the case`() {
        #expect(name("limit", RunFixture.subject(), in: [RunFixture.suite()]) == "refunds.faq | limit")
    }

    @Test func `prompt version and configuration are added where they tell cases apart`() {
        let versions = [RunFixture.subject(prompt: "p1"), RunFixture.subject(prompt: "p2"), RunFixture.subject(prompt: nil)]
        let suites = [RunFixture.suite(subjects: versions + [RunFixture.subject("router")])]
        #expect(
            versions.map { name("c", $0, in: suites) } == [
                "refunds.faq | c [v\(RunFixture.digest("p1").short)]", "refunds.faq | c [v\(RunFixture.digest("p2").short)]",
                "refunds.faq | c [no prompt]",
            ])
        #expect(name("c", RunFixture.subject("router"), in: suites) == "refunds.router | c")
        let configured = [RunFixture.subject(configuration: "c1"), RunFixture.subject(configuration: "c2")]
        #expect(
            name("c", configured[1], in: [RunFixture.suite(subjects: configured)])
                == "refunds.faq | c [c\(RunFixture.digest("c2").short)]")
    }

    @Test func `dots in ids and an agent called gate give no equal classes`() {
        let suites = [
            RunFixture.suite("a", subjects: [RunFixture.subject("b.c"), RunFixture.subject("gate")]),
            RunFixture.suite("a.b", subjects: [RunFixture.subject("c")]),
        ]
        #expect(name("x", RunFixture.subject("b.c"), in: suites) == "a.b.c | x")
        #expect(name("x", RunFixture.subject("c"), in: suites, at: 1) == "a.b.c' | x")
        #expect(name("gate", RunFixture.subject("gate"), in: suites) == "a.gate' | gate")
        #expect(JUnitNames(suites).gate(1) == "a.b.gate")
    }

    @Test func `a subject that was not announced is named in full`() {
        #expect(
            name("c", RunFixture.subject("new", prompt: "p9"), in: [RunFixture.suite()])
                == "refunds.new | c [v\(RunFixture.digest("p9").short)]")
    }
}
