import Foundation
import RungXML
import Testing

@Suite("An XML schema validator")
struct XMLSchemaValidatorTests {
    private static let schema = """
        <?xml version="1.0"?>
        <xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">
          <xs:element name="suite">
            <xs:complexType>
              <xs:sequence>
                <xs:element name="case" minOccurs="0" maxOccurs="unbounded">
                  <xs:complexType><xs:attribute name="name" type="xs:string" use="required"/></xs:complexType>
                </xs:element>
              </xs:sequence>
              <xs:attribute name="tests" type="xs:int"/>
            </xs:complexType>
          </xs:element>
        </xs:schema>
        """

    private let directory: TemporaryDirectory
    private let validator: XMLSchemaValidator

    init() throws {
        directory = try TemporaryDirectory()
        validator = try XMLSchemaValidator(schemaFile: directory.file("a.xsd", Self.schema))
    }

    @Test("finds nothing wrong with a valid file")
    func valid() throws {
        let path = try directory.file("a.xml", "<suite tests=\"1\"><case name=\"a &amp; b\"/></suite>")
        #expect(try validator.validate(file: path) == [])
    }

    @Test("finds every problem, with its line")
    func invalid() throws {
        let path = try directory.file("a.xml", "<suite tests=\"one\">\n<case/>\n\n<other/>\n</suite>")
        #expect(
            try validator.validate(file: path).map(\.description) == [
                "1: Element 'suite', attribute 'tests': 'one' is not a valid value of the atomic type 'xs:int'.",
                "2: Element 'case': The attribute 'name' is required but missing.",
                "4: Element 'other': This element is not expected. Expected is ( case ).",
            ])
    }

    @Test("keeps the line of a problem in a long file")
    func longFile() throws {
        let cases = String(repeating: "<case name=\"x\"/>\n", count: 70_000)
        let problems = try validator.validate(bytes: Array("<suite>\n\(cases)<case/></suite>".utf8))
        #expect(problems.map(\.line) == [70_002])
    }

    @Test("stops collecting after 1,000 problems")
    func manyProblems() throws {
        let cases = String(repeating: "<case/>", count: 1_500)
        #expect(try validator.validate(bytes: Array("<suite>\(cases)</suite>".utf8)).count == 1_000)
    }

    @Test("gives line and column of malformed XML")
    func malformed() throws {
        let error = #expect(throws: XMLReadError.self) {
            try validator.validate(bytes: Array("<suite>\n<case name='a'></suite>".utf8))
        }
        #expect(error?.description == "input:2:24: Opening and ending tag mismatch: case line 2 and suite")
    }

    @Test("refuses document types and excessive depth")
    func refusals() throws {
        for text in ["<!DOCTYPE suite [<!ENTITY a 'b'>]><suite>&a;</suite>", String(repeating: "<a>", count: 300)] {
            let error = #expect(throws: XMLReadError.self) { try validator.validate(bytes: Array(text.utf8)) }
            guard case .refused? = error else {
                Issue.record("not refused: \(text.prefix(20))")
                continue
            }
        }
    }

    @Test("may be used again")
    func reuse() throws {
        for _ in 0..<3 {
            #expect(try validator.validate(bytes: Array("<suite/>".utf8)).isEmpty)
            #expect(try validator.validate(bytes: Array("<case/>".utf8)).count == 1)
        }
    }

    @Test(
        "refuses what is not a schema",
        arguments: [
            ("<xs:schema xmlns:xs='http://www.w3.org/2001/XMLSchema'>\n<xs:elment/></xs:schema>", 2),
            ("<xs:schema xmlns:xs='http://www.w3.org/2001/XMLSchema'>\n\n<xs:element></xs:schema>", 3),
            ("<a/>", 0),
        ])
    func invalidSchema(text: String, line: Int) throws {
        let path = try directory.file("b.xsd", text)
        let error = #expect(throws: XMLReadError.self) { try XMLSchemaValidator(schemaFile: path) }
        guard case .invalidSchema(path, let problems)? = error else {
            Issue.record("unexpected \(String(describing: error))")
            return
        }
        #expect(problems.first?.line == line)
    }

    @Test("refuses a schema file that is not there")
    func missingSchema() throws {
        let error = #expect(throws: XMLReadError.self) { try XMLSchemaValidator(schemaFile: "/nonexistent/a.xsd") }
        #expect(error?.description == "/nonexistent/a.xsd: No such file or directory")
    }

    @Test("never fetches an import from a network")
    func noNetwork() throws {
        let path = try directory.file(
            "c.xsd",
            """
            <xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">
            <xs:include schemaLocation="http://127.0.0.1:9/other.xsd"/></xs:schema>
            """)
        let error = #expect(throws: XMLReadError.self) { try XMLSchemaValidator(schemaFile: path) }
        #expect(
            error?.description == """
                \(path): Attempt to load network entity http://127.0.0.1:9/other.xsd
                \(path):2: Element '{http://www.w3.org/2001/XMLSchema}include': \
                Failed to load the document 'http://127.0.0.1:9/other.xsd' for inclusion.
                """)
    }
}

private let corpora = ProcessInfo.processInfo.environment["RUNG_CORPORA"]

@Suite("The published JUnit schemas", .enabled(if: corpora != nil))
struct PublishedSchemaTests {
    @Test("accept a small report", arguments: ["jenkins-xunit-plugin__junit-10.xsd", "windyroad__JUnit.xsd"])
    func report(schema: String) throws {
        let writer = XMLDocumentWriter(layout: .indented)
        try writer.startElement("testsuites")
        try writer.startElement("testsuite")
        try writer.attribute("name", "refund")
        for counter in ["tests", "failures", "errors"] as [StaticString] { try writer.attribute(counter, 1) }
        try writer.attribute("time", 1.5, decimals: 3)
        try writer.attribute("timestamp", "2026-09-30T12:00:00")
        try writer.attribute("hostname", "localhost")
        try writer.attribute("package", "suites")
        try writer.attribute("id", 0)
        try writer.startElement("properties")
        try writer.endElement()
        try writer.startElement("testcase")
        try writer.attribute("name", "first")
        try writer.attribute("classname", "refund.agent")
        try writer.attribute("time", 1.5, decimals: 3)
        try writer.startElement("failure")
        try writer.attribute("message", "expected \"a\"\ngot \"b\"")
        try writer.attribute("type", "equals")
        try writer.text("\u{1B}[31mdiff\u{1B}[0m\u{0}")
        for _ in 0..<2 { try writer.endElement() }
        for name in ["system-out", "system-err"] as [StaticString] {
            try writer.startElement(name)
            try writer.endElement()
        }
        for _ in 0..<2 { try writer.endElement() }
        try writer.finish()
        let validator = try XMLSchemaValidator(schemaFile: (corpora ?? "") + "/junit-xsd/" + schema)
        #expect(try validator.validate(bytes: writer.bytes) == [])
    }

    @Test("can all be compiled")
    func compile() throws {
        let directory = (corpora ?? "") + "/junit-xsd"
        let schemas = try FileManager.default.contentsOfDirectory(atPath: directory).filter { $0.hasSuffix(".xsd") }
        #expect(!schemas.isEmpty)
        for schema in schemas { _ = try XMLSchemaValidator(schemaFile: directory + "/" + schema) }
    }
}
