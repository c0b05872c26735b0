import RungXML
import Testing

@Suite("An XML problem")
struct XMLProblemTests {
    @Test("says where it is as far as that is known")
    func description() {
        #expect(XMLProblem(line: 3, column: 7, message: "bad").description == "3:7: bad")
        #expect(XMLProblem(line: 3, column: nil, message: "bad").description == "3: bad")
        #expect(XMLProblem(line: 0, column: nil, message: "bad").description == "bad")
    }

    @Test("stands behind the file's name in an error")
    func errors() {
        let problem = XMLProblem(line: 3, column: 7, message: "bad")
        #expect(XMLReadError.malformed(source: "a.xml", problem).description == "a.xml:3:7: bad")
        #expect(XMLReadError.refused(source: "a.xml", problem).description == "a.xml:3:7: bad")
        #expect(XMLReadError.unreadable(source: "a.xml", reason: "no").description == "a.xml: no")
        let other = XMLProblem(line: 0, column: nil, message: "worse")
        let schemaError = XMLReadError.invalidSchema(source: "a.xsd", [problem, other])
        #expect(schemaError.description == "a.xsd:3:7: bad\na.xsd: worse")
    }
}
