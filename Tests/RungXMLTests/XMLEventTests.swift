import RungXML
import Testing

@Suite("XML attributes")
struct XMLEventTests {
    @Test("are found by their local names")
    func lookup() {
        let attributes = [XMLAttribute("a", "1"), XMLAttribute("b", "2"), XMLAttribute("a", "3")]
        #expect(attributes["a"] == "1")
        #expect(attributes["c"] == nil)
    }
}
