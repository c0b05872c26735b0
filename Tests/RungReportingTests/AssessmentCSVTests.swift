import RungCore
import Testing

@testable import RungReporting

@Suite struct AssessmentCSVTests {
    @Test func `each criterion is a row`() {
        #expect(
            AssessmentCSV.render(AssessmentFixture.assessment) == """
                criterion,stage,dimension,key,title,band,credit,high,value,satisfied,total,freshness,class,failing,reasons\r
                OBS-201,2,OBS,yes,Prompts are logged,full,1.0000,1.0000,1,20,20,fresh,,,100.0 % of the units satisfy it\r
                REG-301,3,REG,yes,One complete registry,partial,0.6000,0.6000,0.6,3,5,fresh,D,faq (0 of 1); router (1 of 3),"60.0 % of the units satisfy it, which is below the 95.0 % that full asks for"\r
                GOV-302,3,GOV,no,Reviews | are *quick*,insufficient,0.0000,0.0000,12.5,0,2,fresh,,,2 reviews; at least 5 are needed\r
                VAL-301,3,VAL,no,Value is measured,none,0.0000,0.0000,,0,0,fresh,,,\r

                """)
    }

    @Test func `no cell begins like a formula`() {
        var assessment = AssessmentFixture.assessment
        assessment.findings = [assessment.findings[1]]
        assessment.findings[0].title = "=cmd|' /C calc'!A0"
        assessment.findings[0].failing = [FailingEntity(entity: "@x", satisfied: 0, total: 1)]
        assessment.findings[0].reasons = ["+1"]
        let text = AssessmentCSV.render(assessment)
        #expect(text.contains(",'=cmd|' /C calc'!A0,") && text.contains(",'@x (0 of 1),'+1\r\n"))
    }
}
