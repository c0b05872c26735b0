import Testing

@testable import RungEvidence

struct ScenarioTextTests {
    @Test(arguments: ["where is order 17", "Where is order 18?", "  WHERE… is -- order #4711!\n", "where is 3 order"])
    func textsThatDifferInNumbersPunctuationCaseAndSpacesAreOne(text: String) {
        #expect(ScenarioText.digest(of: text) == digest("where is order"))
    }

    @Test func otherWordsAndOtherScriptsAreOthers() {
        #expect(ScenarioText.digest(of: "where is my order") != digest("where is order"))
        #expect(ScenarioText.digest(of: "Größe ÄNDERN") == digest("größe ändern"))
        #expect(ScenarioText.digest(of: "注文 12") == digest("注文"))
        #expect(ScenarioText.digest(of: "12?") == digest("12?"))
        #expect(ScenarioText.digest(of: "") == digest(""))
    }
}
