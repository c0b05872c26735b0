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
        #expect(rubric.stages.map(\.isComplete) == [true, true, true, true, true])
        #expect(rubric.dimensions.map(\.code) == ["REG", "PRM", "TST", "OBS", "GOV", "FBK", "COL", "VAL"])
        #expect((2...5).map { stage in rubric.criteria.count { $0.stage == stage } } == [5, 33, 24, 18])
        #expect((2...5).map { stage in rubric.criteria.count { $0.stage == stage && $0.isKey } } == [4, 15, 13, 9])
        #expect(rubric.criteria.filter(\.isAttested).map(\.id) == ["GOV-308", "GOV-402", "GOV-503", "VAL-506"])
        #expect(rubric.criteria.allSatisfy { !$0.meaning.isEmpty })
        let points = (2...5).map { stage in
            rubric.criteria.filter { $0.stage == stage }.reduce(0) { $0 + $1.remediation.effort.points }
        }
        #expect(points == [7, 81, 93, 102])
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

    @Test func `every level-up action heads a key criterion of the stage it leads to`() throws {
        let rubric = try rubric()
        for stage in rubric.stages.dropLast() {
            let heads = Set(
                rubric.criteria.filter { $0.stage == stage.number + 1 && $0.isKey }.compactMap(\.remediation.levelUp))
            #expect(heads == Set(stage.levelUp.map(\.id)), "stage \(stage.number)")
        }
    }

    @Test func `no key criterion rests on statements alone, and prerequisites come from no later stage`() throws {
        let rubric = try rubric()
        let stages = Dictionary(uniqueKeysWithValues: rubric.criteria.map { ($0.id, $0.stage) })
        for criterion in rubric.criteria {
            #expect(!(criterion.isKey && criterion.isAttested), "\(criterion.id)")
            for prerequisite in criterion.prerequisites { #expect(stages[prerequisite, default: 9] <= criterion.stage, "\(criterion.id)") }
        }
    }

    @Test func `every line of the model that can be measured is answered`() throws {
        #expect(try RubricFile.uncoveredLines(text: text(), path: Self.path).isEmpty)
        let without = try text().replacing("lines: [S5.2,", with: "lines: [").replacing(", S5.2,", with: ",")
        #expect(
            try RubricFile.uncoveredLines(text: without, path: "r.yaml").map(\.message) == [
                "no criterion and no symptom answers line \"S5.2\" of the model"
            ])
    }

    @Test func `every deficit of stage 2 and its key risk has a symptom`() throws {
        let shown = Set(try rubric().symptoms.flatMap(\.lines))
        #expect(shown == ["S2.1", "S2.2", "S2.3", "S2.4", "S2.5", "S2.6", "S2.R"])
    }

    @Test func `every measure looks at what was before the cut-off`() throws {
        let rubric = try rubric()
        for (id, sql) in rubric.criteria.map({ ($0.id.rawValue, $0.measure.sql) }) + rubric.symptoms.map({ ($0.id, $0.sql) }) {
            #expect(!sql.contains("<= :as_of"), "\(id)")
            // What is promised until now may end at the cut-off, or a view has settled it by then.
            let isOpenEnded = ["GOV-402", "GOV-503", "REG-401", "VAL-506", "GOV-306", "GOV-501"].contains(id)
            #expect(isOpenEnded || sql.contains("< :as_of"), "\(id)")
        }
    }
}
