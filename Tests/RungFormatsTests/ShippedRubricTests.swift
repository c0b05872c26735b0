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

    private static func text(_ path: String = path) throws -> String {
        try String(contentsOf: root().appendingPathComponent(path), encoding: .utf8)
    }

    private func library(_ text: String? = nil) throws -> RubricLibrary {
        RubricLibrary(
            builtIn: try text ?? Self.text(),
            crosswalk: try RubricCrosswalk.read(text: Self.text("rubrics/crosswalk.yaml"), path: "rubrics/crosswalk.yaml"),
            publications: try RubricPublications.read(text: Self.text("rubrics/published.yaml"), path: "rubrics/published.yaml"))
    }

    private func rubric() throws -> Rubric { try library().builtInDocument().rubric }

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
        #expect(try library().builtInDocument().uncoveredLines.isEmpty)
        let without = try Self.text().replacing("lines: [S5.2,", with: "lines: [").replacing(", S5.2,", with: ",")
        #expect(
            try library(without).builtInDocument().uncoveredLines.map(\.message) == [
                "no criterion and no symptom answers line \"S5.2\" of the model"
            ])
    }

    @Test func `its version was published with its digest`() throws {
        let rubric = try rubric()
        let published = try library().publications.digest(of: rubric.id, rubric.version)
        #expect(
            published == rubric.digest,
            """
            \(Self.path) is not what was published as \(rubric.version). Put the old file beside it and ask `rung rubric diff OLD NEW` how \
            far the version must go; write the new version into the file, and below it in rubrics/published.yaml: \(rubric.digest)
            """)
    }

    @Test func `every entry of a public framework is counted, and every one that criteria name is known`() throws {
        let frameworks = try library().crosswalk.frameworks
        #expect(frameworks.map(\.id) == ["nist-ai-rmf", "nist-ai-600-1", "iso-42001", "eu-ai-act", "owasp"])
        // NIST AI 100-1 has 19 + 18 + 22 + 13 subcategories, ISO/IEC 42001 Annex A has 38 controls, and there are two OWASP lists of ten.
        #expect(frameworks.filter(\.isComplete).map { $0.entries.count } == [72, 38, 20])
        let functions = ["GOVERN", "MAP", "MEASURE", "MANAGE"]
        #expect(functions.map { name in frameworks[0].entries.count { $0.hasPrefix("\(name) ") } } == [19, 18, 22, 13])
        #expect(frameworks.allSatisfy { !$0.source.isEmpty && !$0.title.isEmpty })
        #expect(try rubric().criteria.count { !$0.crosswalk.isEmpty } == 80)
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
