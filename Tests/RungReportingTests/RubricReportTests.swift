import RungCore
import RungCrypto
import RungText
import Testing

@testable import RungReporting

/// Reports about rubrics: comparisons, changes by overlays, the crosswalk.
@Suite struct RubricReportTests {
    private static let old = RubricIdentity(id: "five", version: "0.3.0", digest: RunFixture.digest("old"))
    private static let acme = RubricIdentity(id: "acme", version: "1.0.0", digest: RunFixture.digest("acme"))

    /// What an overlay may change, the harder before the easier.
    private static let changes = [
        RubricChange(
            .stage(3), title: "Factory", .complete, from: "true", to: "false", effect: .harder, reason: "key criterion left out: A-2"),
        RubricChange(.criterion("REG-302"), title: "Ownership", .full, from: "0.95", to: "0.8", effect: .easier, reason: "A *small* fleet"),
        RubricChange(.criterion("OBS-201"), title: "Logs", .window, from: "30", to: "60", effect: .either, reason: "few calls"),
        RubricChange(.criterion("A-2"), title: "Reviews", .removed, effect: .easier, reason: "nobody | reviews"),
        RubricChange(.criterion("A-9"), title: "Cost", .added, effect: .either),
        RubricChange(.symptom("Z-1"), title: "Keys", .added),
    ]

    private func problems(_ text: String, _ shape: ObjectShape) throws -> [String] {
        var diagnostics = Diagnostics()
        Shape.object(shape).check(try JSONReader.read(text), file: "r.json", into: &diagnostics)
        return diagnostics.all.map(\.text)
    }

    /// The assessment of the fixtures by a rubric with changes.
    private var changed: Assessment {
        var assessment = AssessmentFixture.assessment
        (assessment.rubricID, assessment.rubricBase, assessment.rubricChanges) = ("acme", Self.old, Self.changes)
        return assessment
    }

    @Test func `an assessment by a changed rubric says so before anything else, the easier changes first`() {
        #expect(
            AssessmentText.render(changed, width: 80, colour: false).hasPrefix(
                """
                as of 2026-09-21: stage 2 (Zoo)
                rubric 1.0.0 (\(RunFixture.digest("rubric").short)), ledger of 12,345 entries (\(RunFixture.digest("root").short))
                this assessment uses acme 1.0.0, which is five 0.3.0 with 6 changes:
                  - REG-302 full 0.95 → 0.8, easier (A *small* fleet)
                  - A-2 (Reviews) left out, easier (nobody | reviews)
                  - OBS-201 window-days 30 → 60, easier or harder (few calls)
                  - A-9 (Cost) added, easier or harder
                  - stage 3 (Factory) is not complete any more, harder (key criterion left out:
                    A-2)
                  - symptom Z-1 (Keys) added

                  |-----|

                """))
    }

    @Test func `a void assessment tells the changes too, and none are told of a rubric that stands alone`() {
        var void = AssessmentFixture.void
        (void.rubricBase, void.rubricChanges) = (Self.old, Self.changes)
        #expect(AssessmentText.render(void, width: 80, colour: false).contains("\nthis assessment uses five 0.3.0 with 6 changes:\n"))
        #expect(!AssessmentText.render(AssessmentFixture.assessment, width: 80, colour: false).contains("this assessment uses"))
        #expect(!AssessmentMarkdown.render(AssessmentFixture.assessment).contains("this assessment uses"))
    }

    @Test func `no report of a changed rubric looks like one of the rubric itself`() throws {
        let rubric = RoadmapFixture.rubric
        let reports = [
            AssessmentBadge.render(changed, rubric: rubric), AssessmentJSON.render(changed), RoadmapJSON.render(changed, to: 4),
            AssessmentSARIF.render(changed, rubric: rubric, version: "1"),
            RoadmapText.render(changed, rubric: rubric, to: 4, width: 80, colour: false),
            RoadmapMarkdown.render(changed, rubric: rubric, to: 4),
            try AssessmentJUnit.render(changed, rubric: rubric, hostname: "h"),
        ]
        for report in reports {
            #expect(report.contains("REG-302 full 0.95 → 0.8") || report.contains(#""REG-302""#) || report.contains("changed"))
        }
        #expect(AssessmentBadge.render(changed, rubric: rubric).contains("rubric acme 1.0.0, changed"))
    }

    @Test func `Markdown tells the changes between head and ladder, and nothing in a reason is Markdown`() {
        #expect(
            AssessmentMarkdown.render(changed).contains(
                """


                **this assessment uses acme 1.0.0, which is five 0.3.0 with 6 changes:**

                - REG-302 full 0.95 → 0.8, easier (A \\*small\\* fleet)
                - A-2 (Reviews) left out, easier (nobody \\| reviews)
                - OBS-201 window-days 30 → 60, easier or harder (few calls)
                - A-9 (Cost) added, easier or harder
                - stage 3 (Factory) is not complete any more, harder (key criterion left out: A-2)
                - symptom Z-1 (Keys) added

                | stage | name | status |

                """))
    }

    @Test func `JSON holds base and changes, and passes the shape`() throws {
        let text = AssessmentJSON.render(changed)
        #expect(try problems(text, AssessmentJSON.shape) == [])
        let rubric = try JSONReader.read(text).json["rubric"]
        #expect(rubric?["id"]?.stringValue == "acme")
        #expect(rubric?["base"]?["id"]?.stringValue == "five")
        #expect(
            rubric?["changes"]?.arrayValue?[1] == [
                "subject": "criterion", "id": "REG-302", "title": "Ownership", "what": "full", "from": "0.95", "to": "0.8",
                "effect": "easier", "step": "major", "reason": "A *small* fleet",
            ])
    }

    @Test func `a comparison is grouped by criterion, with wording apart and only the lines of queries that differ`() {
        let changes = [
            RubricChange(.criterion("A-1"), title: "Logs", .full, from: "0.9", to: "0.8", effect: .easier),
            RubricChange(
                .criterion("A-1"), title: "Logs", .query, from: "SELECT a\nFROM t\nWHERE x", to: "SELECT a\nFROM u\nWHERE x",
                effect: .either),
            RubricChange(.criterion("A-1"), title: "Logs", .question, from: "Is it logged?", to: "Is all of it logged?"),
            RubricChange(.criterion("A-2"), title: "Reviews", .removed, effect: .easier),
        ]
        let diff = RubricDiff(
            old: Self.old, new: RubricIdentity(id: "five", version: "0.3.1", digest: RunFixture.digest("new")), changes: changes)
        #expect(
            RubricDiffText.render(diff, width: 80) == """
                five 0.3.0 (\(RunFixture.digest("old").short)) → five 0.3.1 (\(RunFixture.digest("new").short))
                1 criterion changed, 1 removed

                A-1 Logs
                  full 0.9 → 0.8, easier
                  sql differs, easier or harder
                    - FROM t
                    + FROM u
                  wording: question
                    - Is it logged?
                    + Is all of it logged?

                A-2 Reviews
                  removed, easier

                versions: do not agree; the change asks for a minor step, 0.3.0 → 0.3.1 is a
                  patch step
                  the same evidence may give another stage or score: A-1, A-2 (Reviews)

                """)
        #expect(RubricDiffText.render(diff, width: 80).split(separator: "\n").allSatisfy { $0.count <= 80 })
    }

    @Test(arguments: [
        ("five", "0.3.0", "old", [], "versions: the same rubric, with the same digest\n"),
        ("five", "0.4.0", "new", [], "versions: agree; nothing but the version differs\n"),
        ("five", "0.3.1", "new", [changes[5]], "  patch step\n"),
        ("acme", "1.0.0", "new", changes, "versions: rubrics with other names, so their versions say nothing of each other\n"),
        ("five", "0.3.0-draft", "new", changes, "versions: a draft may change under its name\n"),
        ("five", "0.3.0", "new", [changes[5]], "  reports say something else beside stage and scores: symptom Z-1 (Keys)\n"),
    ])
    func `the last lines say whether the versions go with the change`(
        id: String, version: String, digest: String, changes: [RubricChange], expected: String
    ) throws {
        let new = RubricIdentity(id: id, version: version, digest: RunFixture.digest(digest))
        let diff = RubricDiff(old: Self.old, new: new, changes: changes)
        let text = RubricDiffText.render(diff, width: 80)
        #expect(text.hasSuffix(expected), "\(text)")
        #expect(text.split(separator: "\n").allSatisfy { $0.count <= 80 }, "\(text)")
        #expect(try problems(RubricDiffJSON.render(diff), RubricDiffJSON.shape) == [])
    }

    @Test func `a comparison as JSON is written to the letter`() {
        let diff = RubricDiff(old: Self.old, new: Self.acme, changes: [Self.changes[2]])
        #expect(
            RubricDiffJSON.render(diff) == """
                {"formatVersion":1,
                "old":{"id":"five","version":"0.3.0","digest":"\(RunFixture.digest("old"))"},
                "new":{"id":"acme","version":"1.0.0","digest":"\(RunFixture.digest("acme"))"},
                "step":"major",
                "versions":{"verdict":"other-rubric","right":true,"reasons":["rubrics with other names, so their versions say nothing of each other"]},
                "changes":[
                {"subject":"criterion","id":"OBS-201","title":"Logs","what":"window-days","from":"30","to":"60","effect":"either","step":"major","reason":"few calls"}
                ]}

                """)
    }

    // MARK: - Crosswalk

    private static let controls = RubricFramework(
        id: "controls", title: "Our controls", source: "Intranet, 2026", isComplete: true, entries: ["C-1", "=C-2", "C-3"])
    private static let law = RubricFramework(id: "law", title: "A law", source: "", isComplete: false, entries: ["9.2", "10"])

    private static var rubric: Rubric {
        func criterion(_ id: CriterionID, _ title: String, isKey: Bool, _ crosswalk: [(String, String)]) -> Criterion {
            Criterion(
                id: id, stage: 3, dimension: "REG", isKey: isKey, title: title, question: "", why: "", measureText: "agents with an owner",
                measure: .init(
                    sql: "SELECT 1", windowDays: 30, partial: 0.5, full: 0.8, better: .up, zero: nil, aggregate: .share,
                    minimumPopulation: 1, population: .census, detector: nil, unit: "agents"),
                remediation: .init(text: "Do it.", effort: .small, levelUp: nil, command: nil), prerequisites: [], lines: [],
                crosswalk: crosswalk.map { .init(framework: $0.0, id: $0.1) })
        }
        var rubric = Rubric(
            id: "acme", version: "1.0.0", title: "Acme", digest: RunFixture.digest("acme"), stages: [],
            dimensions: [],
            criteria: [
                criterion("REG-302", "Owners, deputies", isKey: true, [("controls", "C-1"), ("law", "9.2"), ("controls", "=C-2")]),
                criterion("A-9", "Cost \"centres\"", isKey: false, [("controls", "C-1")]),
            ], symptoms: [])
        rubric.frameworks = [law, controls]
        (rubric.base, rubric.changes) = (old, changes)
        return rubric
    }

    @Test func `the crosswalk lists contributions, and gaps of complete lists alone`() {
        #expect(
            RubricCrosswalkReport(rubric: Self.rubric, frameworks: [Self.law, Self.controls]).text(width: 80) == """
                what the criteria of acme 1.0.0 contribute to; no entry is satisfied by them
                  alone (* key criterion)

                A law (law): 1 entry
                  9.2  REG-302*
                  the list is not complete: what else there is, nobody looked up

                Our controls (controls): 2 of 3 entries
                  Intranet, 2026
                  C-1   REG-302*, A-9
                  =C-2  REG-302*
                  nothing contributes to: C-3

                """)
    }

    @Test func `as CSV every pair is a row, quotes are doubled and nothing is a formula`() {
        #expect(
            RubricCrosswalkReport(rubric: Self.rubric, frameworks: [Self.controls]).csv == #"""
                framework,title,entry,relation,criterion,stage,key,criterionTitle\#r
                controls,Our controls,C-1,contributes to,REG-302,3,true,"Owners, deputies"\#r
                controls,Our controls,C-1,contributes to,A-9,3,false,"Cost ""centres"""\#r
                controls,Our controls,'=C-2,contributes to,REG-302,3,true,"Owners, deputies"\#r
                controls,Our controls,C-3,none,,,,\#r

                """#)
    }

    @Test func `as JSON it passes its shape and never says satisfies`() throws {
        let report = RubricCrosswalkReport(rubric: Self.rubric, frameworks: [Self.law, Self.controls])
        #expect(try problems(report.json, RubricCrosswalkReport.shape) == [])
        let value = try JSONReader.read(report.json).json
        #expect(value["relation"] == "contributes to")
        #expect(
            value["frameworks"]?.arrayValue?[1]["entries"] == [
                ["id": "C-1", "criteria": ["REG-302", "A-9"]], ["id": "=C-2", "criteria": ["REG-302"]],
            ])
        #expect(value["frameworks"]?.arrayValue?.map { $0["gaps"] } == [[], ["C-3"]])
        #expect(!(report.json + report.csv).contains("satisf"))
    }

    @Test func `a criterion is explained with what it contributes to and what was changed about it`() throws {
        let criterion = try #require(Self.rubric.criteria.first)
        let lines = CriterionText.render(criterion, rubric: Self.rubric, width: 80).split(separator: "\n").map(String.init)
        #expect(lines.contains("contributes to Our controls C-1, =C-2"))
        #expect(lines.contains("contributes to A law 9.2"))
        #expect(lines.contains("changed        full 0.95 → 0.8, easier (A *small* fleet)"))
    }

    @Test func `a check of an overlay tells what it extends and every change`() {
        let text = RubricChangeText.render(Self.rubric, width: 80)
        #expect(
            text.hasPrefix("made from five 0.3.0 (\(RunFixture.digest("old").short)) with 6 changes\n  - REG-302 full 0.95 → 0.8, easier (")
        )
        var alone = Self.rubric
        alone.base = nil
        #expect(RubricChangeText.render(alone, width: 80) == "")
    }
}
