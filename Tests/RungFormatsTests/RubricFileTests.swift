import RungCore
import RungText
import Testing

@testable import RungFormats

@Suite struct RubricFileTests {
    /// The text of every problem; empty when there is none.
    private func problems(_ changes: [(String, String)]) -> [String] {
        var text = RubricFixture.text
        for (old, new) in changes {
            #expect(text.contains(old), "the change does not apply: \(old)")
            text = text.replacing(old, with: new, maxReplacements: 1)
        }
        do throws(InvalidInput) {
            _ = try RubricFixture.rubric(text)
            return []
        } catch {
            return error.diagnostics.map(\.text)
        }
    }

    @Test func `a rubric is read with all it holds`() throws {
        let rubric = try RubricFixture.rubric()
        #expect(rubric.id == "small")
        #expect(rubric.version == "1.0.0")
        #expect(rubric.title == "Small")
        #expect(rubric.dimensions == [.init(code: "OBS", title: "Observability"), .init(code: "REG", title: "Registry")])
        let stages = rubric.stages
        #expect(stages.map(\.number) == [1, 2])
        #expect(stages.map(\.name) == ["Clever Bot", "Agent Zoo"])
        #expect(stages.map(\.summary) == ["One bot.", "Many bots."])
        #expect(stages.map(\.isComplete) == [true, true])
        #expect(stages.map(\.keyRisk) == ["Silence.", nil])
        #expect(stages.map(\.keyShift) == [nil, "Keep them."])
        #expect(stages.map(\.deficits) == [["No logs."], []])
        #expect(stages.map(\.capabilities) == [[], ["Logs."]])
        #expect(stages.map(\.levelUp) == [[.init(id: "L12.1", text: "Log it.")], []])
    }

    @Test func `a criterion is read with all it holds`() throws {
        let criterion = try #require(try RubricFixture.rubric().criteria.first)
        #expect(criterion.id == "OBS-201")
        #expect(criterion.stage == 2)
        #expect(criterion.dimension == "OBS")
        #expect(criterion.isKey)
        #expect(criterion.title == "Prompts are logged")
        #expect(criterion.question == "Is it logged?")
        #expect(criterion.why == "Because.")
        #expect(criterion.measureText == "share of calls")
        #expect(criterion.prerequisites == ["REG-201"])
        #expect(criterion.lines == ["S1.0", "S2.1"])
        #expect(criterion.remediation.text == "Log it.")
        #expect(criterion.remediation.effort == .medium)
        #expect(criterion.remediation.levelUp == "L12.1")
        #expect(criterion.remediation.command == "rung import")
    }

    @Test func `measures are read with all they hold`() throws {
        let measures = try RubricFixture.rubric().criteria.map(\.measure)
        #expect(measures.map(\.sql).first == "SELECT agent AS entity, a AS satisfied, b AS total FROM t")
        #expect(measures.map(\.unit) == ["calls", "changes"])
        #expect(measures.map(\.windowDays) == [30, 90])
        #expect(measures.map(\.partial) == [0.5, 30])
        #expect(measures.map(\.full) == [0.8, 14])
        #expect(measures.map(\.zero) == [nil, 60])
        #expect(measures.map(\.better) == [.up, .down])
        #expect(measures.map(\.aggregate) == [.share, .median])
        #expect(measures.map(\.population) == [.sample, .census])
        #expect(measures.map(\.minimumPopulation) == [100, 3])
        #expect(measures.map(\.detector) == ["SELECT 1 AS ran", nil])
    }

    @Test func `a symptom is read with all it holds`() throws {
        let symptom = try #require(try RubricFixture.rubric().symptoms.first)
        #expect(symptom.id == "ZOO-1")
        #expect(symptom.title == "Agents")
        #expect(symptom.measureText == "agents seen")
        #expect(symptom.sql == "SELECT entity, satisfied, total FROM t")
        #expect(symptom.windowDays == 7)
        #expect(symptom.lines == ["S1.R"])
    }

    @Test func `the digest is that of the canonical JSON, whatever the layout and the language`() throws {
        let yaml = try RubricFixture.rubric()
        let commented = try RubricFixture.rubric("# A note.\n" + RubricFixture.text + "\n")
        #expect(yaml.digest == commented.digest)
        let json = String(decoding: CanonicalJSON.bytes(of: try YAMLReader.read(RubricFixture.text).json), as: UTF8.self)
        #expect(try RubricFixture.rubric(json, path: "r.json").digest == yaml.digest)
        let other = RubricFixture.text.replacing("command: rung import", with: "command: rung test")
        #expect(try RubricFixture.rubric(other).digest != yaml.digest)
    }

    @Test(arguments: [
        (
            "title: Small", "titel: Small",
            [
                "r.yaml:1:1: error: the rubric has no \"title\"\n  add title: What people call it.",
                "r.yaml:4:1: error: unknown key \"titel\" in the rubric\n  did you mean \"title\"?",
            ]
        ),
        (
            "format: 1", "format: 2",
            [
                "r.yaml:1:9: error: format 2 is newer than this version of rung reads\n  use a newer rung, or write format: 1"
            ]
        ),
        (
            "version: 1.0.0", "version: '1.0'",
            [
                "r.yaml:3:10: error: \"version\" is \"1.0\", expected three numbers such as 1.4.0, or 1.4.0-draft"
            ]
        ),
        (
            "version: 1.0.0", "version: 1.0.0-draft+1",
            [
                "r.yaml:3:10: error: \"version\" is \"1.0.0-draft+1\", expected three numbers such as 1.4.0, or 1.4.0-draft"
            ]
        ),
        ("version: 1.0.0", "version: 10.20.30-draft.1", []),
        ("key: true", "key: perhaps", ["r.yaml:25:10: error: \"key\" must be true or false, found string perhaps"]),
        ("better: up", "better: upp", ["r.yaml:36:15: error: \"better\" is \"upp\"\n  did you mean \"up\"?"]),
        (
            "window-days: 30", "window-days: 0",
            [
                "r.yaml:33:20: error: \"window-days\" must be a whole number from 1 to 3660, found number 0"
            ]
        ),
        (
            "nist-ai-rmf", "nist-ai-rfm",
            [
                "r.yaml:44:17: error: unknown framework \"nist-ai-rfm\"\n  did you mean \"nist-ai-rmf\"?"
            ]
        ),
    ])
    func `what the shape forbids is named with its place`(old: String, new: String, expected: [String]) {
        #expect(problems([(old, new)]) == expected)
    }

    @Test(arguments: [
        (
            "id: REG-201\n", "id: OBS-201\n",
            [
                "r.yaml:42:21: error: unknown prerequisite \"REG-201\"\n  known here: OBS-201",
                "r.yaml:45:9: error: criterion \"OBS-201\" stands twice; the first is in line 22",
            ]
        ),
        ("dimension: OBS", "dimension: OBJ", ["r.yaml:24:16: error: unknown dimension \"OBJ\"\n  did you mean \"OBS\"?"]),
        ("stage: 2", "stage: 4", ["r.yaml:23:12: error: no stage 4 in this rubric\n  known here: 1, 2"]),
        (
            "prerequisites: [REG-201]", "prerequisites: [REG-210]",
            [
                "r.yaml:42:21: error: unknown prerequisite \"REG-210\"\n  did you mean \"REG-201\"?"
            ]
        ),
        (
            "lines: [S1.0", "lines: [S1.O",
            [
                "r.yaml:43:13: error: unknown line of the model \"S1.O\"\n  did you mean \"S1.R\"?"
            ]
        ),
        (
            "lines: [S1.R]}", "lines: [S9.9.9]}",
            [
                "r.yaml:67:122: error: unknown line of the model \"S9.9.9\"\n  known here: S1.R, S1.0, L12.1, S2.K, S2.1, S2.0"
            ]
        ),
        (
            "level-up: L12.1", "level-up: L21.1",
            [
                "r.yaml:41:55: error: unknown level-up action \"L21.1\"\n  did you mean \"L12.1\"?"
            ]
        ),
        ("statements: {S2.0", "statements: {S1.0", ["r.yaml:19:18: error: line \"S1.0\" of the model stands twice"]),
        (
            "number: 2", "number: 3",
            [
                "r.yaml:13:13: error: stage 3 stands in place 2\n  stages are numbered 1, 2, 3 … in order",
                "r.yaml:15:15: error: stage 3 is declared complete, but no criterion belongs to it\n"
                    + "  a stage without criteria would be earned by nothing: set complete: false",
                "r.yaml:23:12: error: no stage 2 in this rubric\n  known here: 1, 3",
                "r.yaml:46:12: error: no stage 2 in this rubric\n  known here: 1, 3",
            ]
        ),
    ])
    func `names without a target and names that stand twice are errors`(old: String, new: String, expected: [String]) {
        #expect(problems([(old, new)]) == expected)
    }

    @Test(arguments: [
        (
            "effort: L}", "effort: L}\n    prerequisites: [OBS-201]",
            "r.yaml:42:20: error: prerequisites go round in a circle: OBS-201 → REG-201 → OBS-201"
        ),
        ("[REG-201]", "[REG-201, OBS-201]", "r.yaml:42:20: error: prerequisites go round in a circle: OBS-201 → OBS-201"),
    ])
    func `a circle of prerequisites is named once, with its way round`(old: String, new: String, expected: String) {
        #expect(problems([(old, new)]) == [expected])
    }

    @Test(arguments: [
        ("full: 0.8", "full: 0.5", "r.yaml:35:13: error: more is better, so 0 < partial < full is needed, found partial 0.5 and full 0.5"),
        (
            "partial: 0.5", "partial: 0",
            "r.yaml:35:13: error: more is better, so 0 < partial < full is needed, found partial 0 and full 0.8"
        ),
        ("full: 0.8", "full: 1.5", "r.yaml:35:13: error: a share is at most 1, found full 1.5"),
        (
            "better: up", "better: up\n      zero: 0.1",
            "r.yaml:37:13: error: \"zero\" has a meaning only where less is better\n  leave it out, or set better: down"
        ),
        (
            "      zero: 60\n", "",
            "r.yaml:58:13: error: less is better, so full < partial < zero is needed, found full 14, partial 30 and no zero\n"
                + "  add zero: the value where credit reaches 0"
        ),
        (
            "zero: 60", "zero: 30",
            "r.yaml:58:13: error: less is better, so full < partial < zero is needed, found full 14, partial 30, zero 30"
        ),
        (
            "partial: 30", "partial: 7",
            "r.yaml:58:13: error: less is better, so full < partial < zero is needed, found full 14, partial 7, zero 60"
        ),
        (
            "population: census", "population: sample",
            "r.yaml:62:19: error: only a share can be measured on a sample, found aggregate median"
        ),
        (
            "agent AS entity", "agent AS agent",
            "r.yaml:32:12: error: the query does not name \"entity\"\n  its columns are (entity, satisfied, total)"
        ),
        (
            "days AS value", "days AS valued",
            "r.yaml:55:12: error: the query does not name \"value\"\n  its columns are (entity, value)"
        ),
        ("1 AS ran", "1 AS run", "r.yaml:40:17: error: the detector does not name \"ran\"\n  its columns are (ran)"),
        (
            "SELECT entity, satisfied", "SELECT agent, shown",
            "r.yaml:67:56: error: the query does not name \"entity\", \"satisfied\"\n  its columns are (entity, satisfied, total)"
        ),
    ])
    func `thresholds and queries that cannot work are errors`(old: String, new: String, expected: String) {
        #expect(problems([(old, new)]) == [expected])
    }

    @Test func `a share where less is better is an error`() {
        let found = problems([
            ("better: up", "better: down"), ("full: 0.8", "full: 0.1"), ("partial: 0.5", "zero: 0.9\n      partial: 0.5"),
        ])
        #expect(
            found == [
                "r.yaml:37:15: error: more of a share is better\n  let the query count what is good, and set better: up"
            ])
    }

    @Test func `all problems are reported at once, in order of position`() {
        let found = problems([
            ("full: 0.8", "full: 0.4"), ("title: Small", "title: 3"), ("dimension: REG", "dimension: REX"),
            ("why: Because.", "whi: Because."),
        ])
        #expect(
            found == [
                "r.yaml:4:8: error: \"title\" must be text that is not empty, found number 3\n  put it in quotes to make it text",
                "r.yaml:22:5: error: an entry of \"criteria\" has no \"why\"\n  add why: What goes wrong without it.",
                "r.yaml:28:5: error: unknown key \"whi\" in an entry of \"criteria\"\n  did you mean \"why\"?",
                "r.yaml:35:13: error: more is better, so 0 < partial < full is needed, found partial 0.5 and full 0.4",
                "r.yaml:47:16: error: unknown dimension \"REX\"\n  did you mean \"REG\"?",
            ])
    }

    @Test(arguments: ["", "[]", "42"])
    func `what is no rubric at all is said in one line`(text: String) {
        #expect(throws: InvalidInput.self) { try RubricFixture.rubric(text) }
    }

    @Test func `a syntax error has its place`() {
        do throws(InvalidInput) {
            _ = try RubricFixture.rubric("{\"id\": }", path: "r.json")
            Issue.record("nothing was thrown")
        } catch {
            #expect(error.diagnostics.map(\.file) == ["r.json"])
            #expect(error.diagnostics.first?.position == SourcePosition(line: 1, column: 8))
        }
    }

    @Test func `the schema names every object once`() {
        let schema = RubricFile.anyShape.jsonSchema(identifier: "rubric", title: "RubricFile", summary: "")
        let names = schema["$defs"]?.members?.map(\.key)
        #expect(
            names == [
                "Rubric", "RubricCriterion", "RubricFramework", "RubricLine", "RubricMeasure", "RubricOverlay", "RubricOverlayChange",
                "RubricOverlayLeftOut", "RubricRemediation", "RubricStage", "RubricSymptom",
            ])
    }
}
