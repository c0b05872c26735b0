import RungText
import Testing

@Suite struct DiagnosticTests {
    @Test("a diagnostic names file, place, problem and way out")
    func text() {
        let place = SourcePosition(line: 14, column: 7)
        #expect(Diagnostic("a.yaml", place, "unknown key \"x\"").text == "a.yaml:14:7: error: unknown key \"x\"")
        #expect(Diagnostic("a.yaml", nil, "is empty", suggestion: "add a case").text == "a.yaml: error: is empty\n  add a case")
    }

    @Test("problems are sorted by file as first mentioned, then by place, then as found")
    func order() {
        func at(_ file: String, _ line: Int, _ column: Int, _ message: String) -> Diagnostic {
            Diagnostic(file, SourcePosition(line: line, column: column), message)
        }
        let error = InvalidInput([
            at("b", 2, 1, "1"), at("a", 9, 9, "2"), at("b", 1, 5, "3"), at("b", 1, 4, "4"), at("b", 1, 4, "5"),
            at("a", 1, 1, "6"), Diagnostic("b", nil, "7"),
        ])
        #expect(error.diagnostics.map(\.message) == ["7", "4", "5", "3", "1", "6", "2"])
    }

    @Test("the description counts the problems")
    func description() {
        #expect(InvalidInput("a", .start, "is wrong").description == "a:1:1: error: is wrong\n1 problem")
        #expect(InvalidInput([Diagnostic("a", nil, "x"), Diagnostic("a", nil, "y")]).description == "a: error: x\na: error: y\n2 problems")
    }

    @Test("only a collection with problems throws")
    func throwing() throws {
        var diagnostics = Diagnostics()
        try diagnostics.throwIfAny()
        #expect(diagnostics.isEmpty)
        diagnostics.append(Diagnostic("a", nil, "x"))
        #expect(throws: InvalidInput.self) { try diagnostics.throwIfAny() }
    }
}

@Suite struct SourcePositionTests {
    @Test("places are ordered by line, then by column")
    func order() {
        let places = [(1, 1), (1, 2), (2, 1)].map { SourcePosition(line: $0.0, column: $0.1) }
        #expect(places.shuffled().sorted() == places)
        #expect(places[1].description == "1:2")
    }
}
