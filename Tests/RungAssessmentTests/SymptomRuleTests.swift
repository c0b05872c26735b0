import RungCore
import Testing

@testable import RungAssessment

@Suite struct SymptomRuleTests {
    private let symptom = Symptom(
        id: "ZOO-7", title: "Shadow traffic", measureText: "", sql: "zoo", windowDays: 30, lines: [])

    @Test func `a symptom counts what shows it and names who shows it`() throws {
        let rows = [row("shadow-b", 40, 40), row("known", 0, 50), row("shadow-a", 1, 10)]
        #expect(
            try SymptomRule.result(for: symptom, rows: rows)
                == SymptomResult(
                    id: "ZOO-7", title: "Shadow traffic", shown: 41, total: 100, entities: ["shadow-a", "shadow-b"], failure: nil))
    }

    @Test func `nothing there shows nothing`() throws {
        #expect(
            try SymptomRule.result(for: symptom, rows: [])
                == SymptomResult(id: "ZOO-7", title: "Shadow traffic", shown: 0, total: 0, entities: [], failure: nil))
    }

    @Test func `a query of the wrong form fails`() {
        #expect(throws: MeasureFailure("a value came for \"a\", expected satisfied and total")) {
            try SymptomRule.result(for: symptom, rows: [row("a", 0.5)])
        }
    }

    @Test func `a failure is said in the result`() {
        #expect(
            SymptomRule.failed(symptom, MeasureFailure("no such view: usage"))
                == SymptomResult(
                    id: "ZOO-7", title: "Shadow traffic", shown: 0, total: 0, entities: [], failure: "no such view: usage"))
    }
}
