import Foundation
import RungCore
import RungText
import Testing

@testable import RungFormats

/// The rubric that comes with Rung.
@Suite struct ShippedRubricTests {
    private static let path = "rubrics/agentops-five-stage.yaml"

    private static func root(_ file: String = #filePath) -> URL {
        URL(fileURLWithPath: file).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    }

    private func text() throws -> String {
        try String(contentsOf: Self.root().appendingPathComponent(Self.path), encoding: .utf8)
    }

    private func rubric() throws -> Rubric { try RubricFile.read(text: text(), path: Self.path) }

    @Test func `it is read without a problem and holds what it says`() throws {
        let rubric = try rubric()
        #expect(rubric.id == "agentops-five-stage")
        #expect(
            rubric.stages.map(\.name)
                == ["Clever Bot", "Agent Zoo", "Agent Factory", "Learning Mesh", "Intelligent Enterprise"])
        #expect(rubric.stages.map(\.isComplete) == [true, true, false, false, false])
        #expect(rubric.dimensions.map(\.code) == ["REG", "PRM", "TST", "OBS", "GOV", "FBK", "COL", "VAL"])
        #expect(rubric.criteria.filter { $0.stage == 2 }.map(\.id) == ["REG-201", "REG-202", "OBS-201", "OBS-202", "OBS-203"])
        #expect(
            rubric.criteria.filter { $0.stage == 3 }.map(\.id) == [
                "REG-301", "REG-302", "REG-303", "PRM-301", "PRM-302", "PRM-303", "PRM-304", "PRM-305", "TST-301", "GOV-302",
            ])
        #expect(rubric.symptoms.map(\.id) == (1...7).map { "ZOO-\($0)" })
    }

    @Test func `every stage speaks in the terms of the model`() throws {
        for stage in try rubric().stages {
            #expect((stage.keyRisk != nil) == (stage.number <= 2), "stage \(stage.number)")
            #expect((stage.keyShift != nil) == (stage.number >= 3), "stage \(stage.number)")
            #expect(stage.deficits.isEmpty == (stage.number >= 3), "stage \(stage.number)")
            #expect(stage.capabilities.isEmpty == (stage.number <= 2), "stage \(stage.number)")
            #expect(stage.levelUp.count == [3, 4, 4, 4, 0][stage.number - 1], "stage \(stage.number)")
        }
    }

    @Test func `every level-up action to stage 2 heads a criterion of that stage`() throws {
        let rubric = try rubric()
        let heads = Set(rubric.criteria.filter { $0.stage == 2 }.compactMap(\.remediation.levelUp))
        #expect(heads == Set(rubric.stages[0].levelUp.map(\.id)))
    }

    @Test func `every deficit of stage 2 and its key risk has a symptom`() throws {
        let shown = Set(try rubric().symptoms.flatMap(\.lines))
        #expect(shown == ["S2.1", "S2.2", "S2.3", "S2.4", "S2.5", "S2.6", "S2.R"])
    }

    @Test func `every measure looks at its window, with half-open ends`() throws {
        let rubric = try rubric()
        for (id, sql) in rubric.criteria.map({ ($0.id.rawValue, $0.measure.sql) }) + rubric.symptoms.map({ ($0.id, $0.sql) }) {
            #expect(sql.contains(":window_start") && sql.contains("< :as_of"), "\(id)")
            #expect(!sql.contains("<= :as_of"), "\(id)")
        }
    }

    /// Empty tables with the columns of the evidence views that the rubric reads.
    private static let tables = """
        CREATE TABLE principals (principal_id, kind, team, active, left_at, can_build);
        CREATE TABLE agents (agent_id, department, team, owner_id, deputy_id, state, purpose, audience, limits, success_metric,
          baseline, risk_tier, autonomy, user_facing, oversight_rate, oversight_seen, objectives, budget_enforced, card_digest);
        CREATE TABLE acts (act_id, subject_kind, subject_id, step, principal_id, second_id, author_id, at, verdict, digest);
        CREATE TABLE ideas (idea_id, source, proposer_id, problem, expected_benefit, opened_at, due_at, decided_at, decided_by);
        CREATE TABLE experiments (experiment_id, team, principal_id, hypothesis, started_at, concluded_at, conclusion, trials);
        CREATE TABLE prompt_versions (prompt_version_id, author_id, reason, parent_id, first_version, template_id, created_at);
        CREATE TABLE releases (release_id, agent_id, prompt_version_id, config_digest, content_digest, released_at,
          requested_by, ended_at);
        CREATE TABLE usage_days (agent_id, environment, day_at, logged, counted, counted_by, attempts, admission_checked);
        CREATE TABLE interaction_days (agent_id, environment, day_at, first_at, total, outcome_ok, text_stored, versioned,
          released, trace_complete, explained, feedback_offered, with_memory, corrected, corrected_recorded);
        CREATE TABLE cases (case_id, kind, opened_at, due_at, decided_at, decided_by, reason);
        CREATE TABLE suites (suite_id, agent_id, intents_declared, intents_covered);
        CREATE TABLE runs (run_id, kind, suite_id, agent_id, prompt_version_id, config_digest, finished_at, passed, trials);
        CREATE TABLE ledger_events (kind, at, ledger_index, verified);
        """

    /// Runs SQL in an empty database and returns its output, with column names, or its error.
    private func sqlite(_ sql: String) throws -> String {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/sqlite3")
        process.arguments = ["-batch", "-header", ":memory:"]
        let (input, output) = (Pipe(), Pipe())
        process.standardInput = input
        process.standardOutput = output
        process.standardError = output
        try process.run()
        try input.fileHandleForWriting.write(contentsOf: Data(sql.utf8))
        try input.fileHandleForWriting.close()
        let data = try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        return String(decoding: data, as: UTF8.self)
    }

    private static let hasSQLite = FileManager.default.isExecutableFile(atPath: "/usr/bin/sqlite3")

    @Test(.enabled(if: hasSQLite, "needs the sqlite3 command"))
    func `every query runs on the documented views, and nothing gives no row`() throws {
        let rubric = try rubric()
        let parameters =
            ".parameter init\n.parameter set :as_of '2026-09-30T00:00:00Z'\n.parameter set :window_start '2026-08-31T00:00:00Z'\n"
        var script = Self.tables + "\n" + parameters
        var expected: [String] = []
        let queries = rubric.criteria.map { ($0.id.rawValue, $0.measure.sql) } + rubric.symptoms.map { ($0.id, $0.sql) }
        for (id, sql) in queries {
            script += ".print \(id)\n\(sql);\n"
            expected.append(id)
        }
        for criterion in rubric.criteria {
            guard let detector = criterion.measure.detector else { continue }
            script += ".print \(criterion.id)\n\(detector);\n"
            expected += [criterion.id.rawValue, "ran", "0"]
        }
        #expect(try sqlite(script).split(separator: "\n").map(String.init) == expected)
        #expect(queries.count == 22)
    }

    @Test(.enabled(if: hasSQLite, "needs the sqlite3 command"))
    func `a query over a column that no view has would be noticed`() throws {
        #expect(try sqlite(Self.tables + "SELECT colour FROM agents;\n").contains("no such column: colour"))
    }
}
