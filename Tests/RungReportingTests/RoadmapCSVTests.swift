import Foundation
import RungCore
import Testing

@testable import RungReporting

@Suite struct RoadmapCSVTests {
    @Test func `each step is a row`() {
        #expect(
            RoadmapCSV.render(AssessmentFixture.assessment.roadmap) == """
                order,target,stage,criterion,dimension,key,effort,points,headline,action,command,owners,due,needed,unit,failing,gain,stage_after,team,reason\r
                1,3,3,REG-301,REG,yes,medium,3,Set up one registry for all agents,"Register every agent that logs show, with owner and purpose.",rung init --registry,rita; bob,2026-10-01,2,agents,router (1 of 3),1.2500,2,,it blocks stage 3\r
                2,3,3,VAL-301,VAL,no,small,1,Value is measured,Value is measured,by hand,,,,agents,,0.0000,3,,it is one of the 80 %\r

                """)
        #expect(RoadmapCSV.render([]).split(separator: "\r\n").count == 1)
    }

    @Test func `no cell begins like a formula, and none breaks its row`() {
        let text = RoadmapCSV.render([RoadmapFixture.hostileStep])
        let rows = text.components(separatedBy: "\r\n")
        #expect(rows.count == 3)
        #expect(rows[1].hasPrefix("1,3,3,'-1+2,REG,yes,medium,3,\"'=HYPERLINK(\"\"x\"\"),"))
        #expect(!rows[1].contains(",=") && !rows[1].contains("\"=") && !text.contains("\u{1B}"))
    }

    @Test func `long lists end in a number`() {
        var step = AssessmentFixture.assessment.roadmap[0]
        step.failing = (0..<250).map { FailingEntity(entity: "e\($0)", satisfied: 0, total: 1) }
        #expect(RoadmapCSV.render([step]).contains("e99 (0 of 1); 150 more,"))
    }
}
