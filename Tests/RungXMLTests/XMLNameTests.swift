import Testing

@testable import RungXML

@Suite("An XML name")
struct XMLNameTests {
    @Test("begins with a letter and has no white space")
    func validity() {
        #expect(XMLName.isValid("testcase"))
        #expect(XMLName.isValid("_a-1.b:C"))
        #expect(!XMLName.isValid(""))
        #expect(!XMLName.isValid("1a"))
        #expect(!XMLName.isValid("-a"))
        #expect(!XMLName.isValid("a b"))
        #expect(!XMLName.isValid("a>"))
        #expect(!XMLName.isValid("a/b"))
        #expect(!XMLName.isValid("ä"))
    }
}
