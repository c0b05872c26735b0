import RungCore
import RungText

@testable import RungFormats

/// A small rubric, and what rubric files may refer to.
enum RubricFixture {
    /// A rubric without a fault; tests put one in by replacing text.
    static let text = """
        format: 1
        id: small
        version: 1.0.0
        title: Small
        stages:
          - number: 1
            name: Clever Bot
            complete: true
            summary: One bot.
            key-risk: {id: S1.R, text: Silence.}
            deficits: {S1.0: No logs.}
            level-up: {L12.1: Log it.}
          - number: 2
            name: Agent Zoo
            complete: true
            summary: Many bots.
            key-shift: {id: S2.K, text: Keep them.}
            capabilities: {S2.1: Logs.}
            statements: {S2.0: Enthusiasm.}
        dimensions: {OBS: Observability, REG: Registry}
        criteria:
          - id: OBS-201
            stage: 2
            dimension: OBS
            key: true
            title: Prompts are logged
            question: Is it logged?
            why: Because.
            measure:
              text: share of calls
              unit: calls
              sql: SELECT agent AS entity, a AS satisfied, b AS total FROM t
              window-days: 30
              partial: 0.5
              full: 0.8
              better: up
              aggregate: share
              population: sample
              minimum-population: 100
              detector: SELECT 1 AS ran
            remediation: {text: Log it., effort: M, level-up: L12.1, command: rung import}
            prerequisites: [REG-201]
            lines: [S1.0, S2.1]
            crosswalk: {nist-ai-rmf: [MAP 1.1]}
          - id: REG-201
            stage: 2
            dimension: REG
            key: false
            title: Changes are quick
            question: Are they?
            why: Because.
            measure:
              text: days
              unit: changes
              sql: SELECT change AS entity, days AS value FROM t
              window-days: 90
              partial: 30
              full: 14
              zero: 60
              better: down
              aggregate: median
              population: census
              minimum-population: 3
            remediation: {text: Hurry., effort: L}
            lines: [L12.1]
        symptoms:
          - {id: ZOO-1, title: Agents, text: agents seen, sql: 'SELECT entity, satisfied, total FROM t', window-days: 7, lines: [S1.R]}
        """

    /// One framework that is complete, and one that is not.
    static let crosswalk = RubricCrosswalk(frameworks: [
        RubricFramework(
            id: "nist-ai-rmf", title: "NIST AI RMF 1.0", source: "AI 100-1", isComplete: true, entries: ["MAP 1.1", "MAP 1.2"]),
        RubricFramework(id: "eu-ai-act", title: "EU AI Act", source: "2024/1689", isComplete: false, entries: ["9.2"]),
    ])

    /// Knows the rubric as the built-in one.
    static let library = RubricLibrary(builtIn: text, crosswalk: crosswalk, publications: RubricPublications())

    static func rubric(_ text: String = text, path: String = "r.yaml") throws(InvalidInput) -> Rubric {
        try library.document(text: text, path: path).rubric
    }

    /// The text with parts of it replaced, each once.
    static func edited(_ changes: [(String, String)], of text: String = text) -> String {
        changes.reduce(text) { text, change in
            precondition(text.contains(change.0), "the change does not apply: \(change.0)")
            return text.replacing(change.0, with: change.1, maxReplacements: 1)
        }
    }
}
