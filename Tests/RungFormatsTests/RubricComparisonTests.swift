import RungCore
import RungText
import Testing

@testable import RungFormats

@Suite struct RubricComparisonTests {
    /// One line for each change between the small rubric and the same after changes.
    private func changes(_ edits: [(String, String)]) throws -> [String] {
        let old = try RubricFixture.library.builtInDocument()
        let new = try RubricFixture.library.document(text: RubricFixture.edited(edits), path: "r.yaml")
        return old.diff(to: new).changes.map(Self.line)
    }

    static func line(_ change: RubricChange) -> String {
        let values = [change.from, change.to].map { $0 ?? "nothing" }.joined(separator: " → ")
        return "\(change.subject.kind) \(change.subject.id): \(change.what.rawValue) \(values), \(change.effect), \(change.step)"
    }

    @Test func `a rubric differs in nothing from itself, whatever its layout`() throws {
        #expect(try changes([]) == [])
        let old = try RubricFixture.library.builtInDocument()
        let commented = try RubricFixture.library.document(text: "# A note.\n" + RubricFixture.text, path: "r.yaml")
        #expect(old.diff(to: commented).versions == .same)
    }

    @Test(arguments: [
        ("full: 0.8", "full: 0.7", "criterion OBS-201: full 0.8 → 0.7, easier, major"),
        ("full: 0.8", "full: 0.9", "criterion OBS-201: full 0.8 → 0.9, harder, major"),
        ("partial: 0.5", "partial: 0.4", "criterion OBS-201: partial 0.5 → 0.4, easier, major"),
        ("full: 14", "full: 21", "criterion REG-201: full 14 → 21, easier, major"),
        ("partial: 30", "partial: 20", "criterion REG-201: partial 30 → 20, harder, major"),
        ("zero: 60", "zero: 90", "criterion REG-201: zero 60 → 90, easier, major"),
        ("window-days: 30", "window-days: 60", "criterion OBS-201: window-days 30 → 60, either, major"),
        ("minimum-population: 100", "minimum-population: 20", "criterion OBS-201: minimum-population 100 → 20, easier, major"),
        ("minimum-population: 3", "minimum-population: 30", "criterion REG-201: minimum-population 3 → 30, harder, major"),
        ("population: sample", "population: census", "criterion OBS-201: population sample → census, easier, major"),
        ("key: true", "key: false", "criterion OBS-201: key true → false, easier, major"),
        ("key: false", "key: true", "criterion REG-201: key false → true, harder, major"),
        ("key: false", "key: false\n    attested: true", "criterion REG-201: attested false → true, easier, major"),
        ("dimension: REG", "dimension: OBS", "criterion REG-201: dimension REG → OBS, either, major"),
        (
            "agent AS entity, a AS", "agent AS entity, c AS",
            "criterion OBS-201: sql SELECT agent AS entity, a AS satisfied, b AS total FROM t → "
                + "SELECT agent AS entity, c AS satisfied, b AS total FROM t, either, major"
        ),
        ("SELECT 1 AS ran", "SELECT 0 AS ran", "criterion OBS-201: detector SELECT 1 AS ran → SELECT 0 AS ran, either, major"),
        ("prerequisites: [REG-201]", "prerequisites: []", "criterion OBS-201: prerequisites REG-201 → nothing, easier, major"),
        ("lines: [S1.0, S2.1]", "lines: [S1.0]", "criterion OBS-201: lines S1.0, S2.1 → S1.0, none, minor"),
        (
            "{nist-ai-rmf: [MAP 1.1]}", "{nist-ai-rmf: [MAP 1.2]}",
            "criterion OBS-201: crosswalk nist-ai-rmf: MAP 1.1 → nist-ai-rmf: MAP 1.2, none, minor"
        ),
        ("command: rung import", "command: rung test", "criterion OBS-201: command rung import → rung test, none, patch"),
        ("effort: L}", "effort: M}", "criterion REG-201: effort L → M, none, patch"),
        ("title: Prompts are logged", "title: Logs", "criterion OBS-201: title Prompts are logged → Logs, none, patch"),
        ("unit: calls", "unit: requests", "criterion OBS-201: unit calls → requests, none, patch"),
        ("window-days: 7", "window-days: 14", "symptom ZOO-1: window-days 7 → 14, none, minor"),
        ("text: agents seen", "text: all agents", "symptom ZOO-1: text agents seen → all agents, none, patch"),
        ("name: Agent Zoo", "name: Menagerie", "stage 2: name Agent Zoo → Menagerie, none, patch"),
        ("text: Silence.", "text: Noise.", "stage 1: key-risk Silence. → Noise., none, patch"),
        (
            "{S1.0: No logs.}", "{S1.0: No log.}",
            "statement S1.0: statement stage 1, deficits: No logs. → stage 1, deficits: No log., none, patch"
        ),
        (
            "statements: {S2.0: Enthusiasm.}", "statements: {S2.0: Enthusiasm., S2.9: More.}",
            "statement S2.9: added nothing → stage 2, statements: More., none, minor"
        ),
        ("REG: Registry", "REG: Portfolio", "dimension REG: title Registry → Portfolio, none, patch"),
        ("REG: Registry", "REG: Registry, GOV: Control", "dimension GOV: added nothing → Control, none, minor"),
        ("title: Small", "title: Tiny", "rubric : title Small → Tiny, none, patch"),
        ("key: false", "key: false\n    attested: false", "rubric : notation nothing → nothing, none, patch"),
    ])
    func `every difference is named with what it does and the step that it asks for`(old: String, new: String, expected: String) throws {
        #expect(try changes([(old, new)]) == [expected])
    }

    @Test func `criteria, symptoms and frameworks that come and go are named`() throws {
        #expect(
            try changes([
                ("id: REG-201", "id: REG-202"), ("[REG-201]", "[REG-202]"), ("id: ZOO-1", "id: ZOO-2"),
                ("symptoms:", "frameworks: {ours: {title: Ours, ids: [C-1]}}\nsymptoms:"),
            ]) == [
                "criterion OBS-201: prerequisites REG-201 → REG-202, either, major",
                "criterion REG-201: removed nothing → nothing, easier, major",
                "criterion REG-202: added nothing → nothing, either, major", "symptom ZOO-1: removed nothing → nothing, none, minor",
                "symptom ZOO-2: added nothing → nothing, none, minor", "framework ours: added nothing → nothing, none, minor",
            ])
    }

    @Test func `another order of criteria is named, and a stage that is no longer complete`() throws {
        let criteria = RubricFixture.text.components(between: "criteria:\n", and: "symptoms:")
        let halves = criteria.split(separator: "  - id: REG-201").map(String.init)
        try #require(halves.count == 2)
        let swapped = "  - id: REG-201" + halves[1] + halves[0]
        #expect(try changes([(criteria, swapped)]) == ["rubric : order nothing → criteria, none, patch"])
        #expect(
            try changes([("name: Agent Zoo\n    complete: true", "name: Agent Zoo\n    complete: false")]) == [
                "stage 2: complete true → false, harder, major"
            ])
    }

    /// Paths of all members of an object, those of nested objects included.
    private static func paths(of shape: ObjectShape) -> Set<[String]> {
        var paths: Set<[String]> = []
        for field in shape.fields {
            if case .object(let inner) = field.shape {
                paths.formUnion(Self.paths(of: inner).map { [field.key] + $0 })
            } else {
                paths.insert([field.key])
            }
        }
        return paths
    }

    @Test func `no member of a criterion or symptom is forgotten`() {
        #expect(Set(RubricComparison.criterionFields.map(\.path)) == Self.paths(of: RubricFile.criterion).subtracting([["id"]]))
        #expect(Set(RubricComparison.symptomFields.map(\.path)) == Self.paths(of: RubricFile.symptom).subtracting([["id"]]))
    }
}

extension String {
    /// The text between two others.
    fileprivate func components(between start: String, and end: String) -> String {
        guard let from = range(of: start)?.upperBound, let to = range(of: end)?.lowerBound else { return "" }
        return String(self[from..<to])
    }

    private func range(of text: String) -> Range<String.Index>? { firstRange(of: text) }
}
