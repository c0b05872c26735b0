import RungCore
import RungCrypto
import RungText
import Testing

@testable import RungReporting

@Suite struct RoadmapJSONTests {
    private func problems(_ text: String, _ shape: ObjectShape) throws -> [String] {
        var diagnostics = Diagnostics()
        Shape.object(shape).check(try JSONReader.read(text), file: "r.json", into: &diagnostics)
        return diagnostics.all.map(\.text)
    }

    @Test func `the document is written to the letter`() {
        #expect(
            RoadmapJSON.render(RoadmapFixture.assessment([AssessmentFixture.assessment.roadmap[1]]), to: 3) == """
                {"formatVersion":1,
                "asOf":"2026-09-21T00:00:00Z",
                "rubric":{"id":"","version":"1.0.0","digest":"\(RunFixture.digest("rubric"))","base":null,"changes":[]},
                "ledger":{"size":12345,"root":"\(RunFixture.digest("root"))"},
                "whatIf":[],
                "stage":2,
                "target":3,
                "stageAfter":3,
                "effort":1,
                "steps":[
                {"order":2,"criterion":"VAL-301","stage":3,"target":3,"dimension":"VAL","headline":"Value is measured","action":"Value is measured","command":null,"effort":"S","key":false,"failing":[],"needed":null,"unit":"agents","owners":[],"due":null,"gain":0,"stageAfter":3,"team":null,"reason":"it is one of the 80 %"}
                ]}

                """)
    }

    @Test func `plans with steps, without any and with anything in them keep the shape`() throws {
        #expect(try problems(RoadmapJSON.render(AssessmentFixture.assessment, to: 4), RoadmapJSON.shape) == [])
        let none = RoadmapJSON.render(RoadmapFixture.assessment([], stage: 3), to: 3)
        #expect(none.hasSuffix("\"stageAfter\":3,\n\"effort\":0,\n\"steps\":[]}\n"))
        #expect(try problems(none, RoadmapJSON.shape) == [])
        #expect(try problems(RoadmapJSON.render(RoadmapFixture.assessment([RoadmapFixture.hostileStep]), to: 3), RoadmapJSON.shape) == [])
    }

    @Test func `each issue is a line with title, body, labels, assignees and due date`() throws {
        let lines = RoadmapIssues.render(AssessmentFixture.assessment.roadmap).split(separator: "\n").map(String.init)
        #expect(lines.count == 2)
        for line in lines { #expect(try problems(line, RoadmapIssues.shape) == []) }
        #expect(
            lines[0] == #"""
                {"title":"REG-301: Set up one registry for all agents","body":"<!-- rung:REG-301 -->\n\nRegister every agent that logs show, with owner and purpose.\n\nIt needs 2 more agents.\n\nFalls short:\n\n- [ ] router (1 of 3)\n\nCommand:\n\n```text\nrung init --registry\n```\n\nowner: rita, bob; due 2026-10-01; scores +1.25\n\nWhy: it blocks stage 3","labels":["rung","stage:3","dimension:REG","effort:M","key"],"assignees":["rita","bob"],"due":"2026-10-01","criterion":"REG-301","order":1}
                """#)
        #expect(lines[1].contains(#"\n\nDone by hand.\n\nowner: nobody is named\n\n"#))
        #expect(lines[1].contains(#""labels":["rung","stage:3","dimension:VAL","effort:S"],"assignees":[],"due":null,"#))
        #expect(RoadmapIssues.render([]) == "")
    }

    @Test func `what evidence holds neither breaks an issue nor speaks in it`() throws {
        var step = RoadmapFixture.hostileStep
        // A title is plain text everywhere; a command stands in a block.
        (step.headline, step.command, step.owners) = ("plain", nil, [])
        let text = RoadmapIssues.render([step])
        #expect(text.split(separator: "\n").count == 1)
        #expect(try problems(text, RoadmapIssues.shape) == [])
        #expect(!text.contains("\u{1B}") && !text.contains("[b](c)"))
    }
}
