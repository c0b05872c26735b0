import RungCore
import RungCrypto
import RungText
import Testing

@testable import RungReporting

@Suite struct AssessmentJSONTests {
    private func problems(_ text: String) throws -> [String] {
        var diagnostics = Diagnostics()
        Shape.object(AssessmentJSON.shape).check(try JSONReader.read(text), file: "a.json", into: &diagnostics)
        return diagnostics.all.map(\.text)
    }

    @Test func `the document is written to the letter`() {
        var small = AssessmentFixture.assessment
        small.stages = [small.stages[1]]
        small.symptoms = [small.symptoms[0]]
        small.findings = [small.findings[1], small.findings[3]]
        small.roadmap = [small.roadmap[0]]
        small.notes = []
        small.confidence = 0.5
        small.remarks = ["no part of the document"]
        let day = Timestamp(seconds: 1_790_000_000).midnight
        let step = AssessmentTrend.Step(stage: 2, gain: -0.5, gained: ["A-1"], lost: [])
        small.trend = AssessmentTrend(since: day, ledgerSize: 9, stage: 3, rubric: step, evidence: step, practice: step)
        small.notices = [StageNotice(criterion: "REG-301", stage: 3, since: day, until: day.adding(days: 30))]
        small.waivers = [CriterionException(id: "w", criterion: "REG-301", approver: "bo", reason: nil, expiresAt: day)]
        small.teams = AssessmentFixture.teams
        small.dimensions = [DimensionScore(code: "REG", title: "Registry", score: 2.25, high: 3)]
        let told = #"{"stage":2,"gain":-0.5,"gained":["A-1"],"lost":[]}"#
        #expect(
            AssessmentJSON.render(small) == """
                {"formatVersion":1,
                "asOf":"2026-09-21T00:00:00Z",
                "rubric":{"id":"","version":"1.0.0","digest":"\(RunFixture.digest("rubric"))","base":null,"changes":[]},
                "ledger":{"size":12345,"root":"\(RunFixture.digest("root"))"},
                "stage":2,
                "stageName":"Zoo",
                "void":false,
                "voidReason":null,
                "whatIf":[],
                "confidence":0.5,
                "provisional":true,
                "trend":{"since":"2026-09-21T00:00:00Z","ledgerSize":9,"stage":3,"rubric":\(told),"evidence":\(told),"practice":\(told)},
                "atRisk":[
                {"criterion":"REG-301","stage":3,"since":"2026-09-21T00:00:00Z","until":"2026-10-21T00:00:00Z"}
                ],
                "waivers":[
                {"id":"w","criterion":"REG-301","approver":"bo","reason":null,"expiresAt":"2026-09-21T00:00:00Z"}
                ],
                "teams":[
                {"team":"sales","agents":2,"calls":30,"share":0.25,"exposure":0.5,"tier":"high","stage":2,"binding":true,"gaps":[{"id":"REG-301","key":true,"band":"partial","credit":0.6,"satisfied":3,"total":5,"failing":[{"entity":"faq","satisfied":0,"total":1},{"entity":"router","satisfied":1,"total":3}]}]},
                {"team":null,"agents":1,"calls":90,"share":0.75,"exposure":0.5,"tier":null,"stage":3,"binding":true,"gaps":[]}
                ],
                "dimensions":[
                {"code":"REG","title":"Registry","score":2.25,"low":2.25,"high":3}
                ],
                "stages":[
                {"number":3,"name":"Operating team","status":"not met","full":1,"applicable":3,"reasons":["key criterion REG-301 is partial","1 of 3 applicable criteria is full; 80 % are needed"]}
                ],
                "symptoms":[
                {"id":"unowned","title":"Agents without an owner","shown":2,"total":5,"entities":["faq","router"],"failure":null}
                ],
                "criteria":[
                {"id":"REG-301","stage":3,"dimension":"REG","key":true,"title":"One complete registry","band":"partial","credit":0.6,"low":0.6,"high":0.6,"freshness":"fresh","value":0.6,"satisfied":3,"total":5,"failing":[{"entity":"faq","satisfied":0,"total":1},{"entity":"router","satisfied":1,"total":3}],"reasons":["60.0 % of the units satisfy it, which is below the 95.0 % that full asks for"],"class":"D","records":[{"kind":"agent","class":"A","count":3},{"kind":"interaction","class":"B","count":40},{"kind":"interaction","class":"D","count":2}]},
                {"id":"VAL-301","stage":3,"dimension":"VAL","key":false,"title":"Value is measured","band":"none","credit":0,"low":0,"high":0,"freshness":"fresh","value":null,"satisfied":0,"total":0,"failing":[],"reasons":[],"class":null,"records":[]}
                ],
                "roadmap":[
                {"order":1,"criterion":"REG-301","stage":3,"target":3,"dimension":"REG","headline":"Set up one registry for all agents","action":"Register every agent that logs show, with owner and purpose.","command":"rung init --registry","effort":"M","key":true,"failing":[{"entity":"router","satisfied":1,"total":3}],"needed":2,"unit":"agents","owners":["rita","bob"],"due":"2026-10-01","gain":1.25,"stageAfter":2,"team":null,"reason":"it blocks stage 3"}
                ],
                "notes":[]}

                """)
    }

    @Test func `full and void assessments pass the shape`() throws {
        #expect(try problems(AssessmentJSON.render(AssessmentFixture.assessment)) == [])
        let void = AssessmentJSON.render(AssessmentFixture.void)
        #expect(try problems(void) == [])
        #expect(
            void.contains(
                "\n\"stage\":null,\n\"stageName\":null,\n\"void\":true,\n\"voidReason\":\"the ledger does not verify at entry 17\",\n"))
    }

    @Test func `the shape refuses another stage or band`() throws {
        let text = AssessmentJSON.render(AssessmentFixture.assessment)
        #expect(try problems(text.replacing("\"stage\":2,\n", with: "\"stage\":6,\n")).count == 1)
        #expect(try problems(text.replacing("\"band\":\"none\"", with: "\"band\":\"nearly\"")).count == 1)
    }

    @Test func `equal input gives equal bytes`() {
        #expect(AssessmentJSON.render(AssessmentFixture.assessment) == AssessmentJSON.render(AssessmentFixture.assessment))
    }

    @Test func `scores and confidence stand in the reports for people`() {
        var assessment = AssessmentFixture.assessment
        assessment.dimensions = [
            DimensionScore(code: "REG", title: "Registry", score: 2.25, high: 3.04),
            DimensionScore(code: "VAL", title: "Value", score: 1, high: 1),
        ]
        assessment.confidence = 0.69
        let text = AssessmentText.render(assessment, width: 80, colour: false)
        #expect(text.contains("\n  REG  Registry                          2.3  (3.0)\n  VAL  Value                             1.0\n"))
        #expect(text.contains("\nprovisional: stage 2 rests on evidence with confidence 0.69, below 0.7;"))
        let markdown = AssessmentMarkdown.render(assessment)
        #expect(markdown.contains("| `REG` | Registry | 2.3 | 3.0 |\n| `VAL` | Value | 1.0 | 1.0 |"))
        assessment.confidence = 0.7
        #expect(AssessmentText.render(assessment, width: 80, colour: false).contains("\nconfidence 0.70\n"))
        #expect(AssessmentMarkdown.render(assessment).contains("Confidence 0.70."))
    }
}
