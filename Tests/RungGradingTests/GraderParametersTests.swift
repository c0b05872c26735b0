import RungText
import Testing

@testable import RungGrading

@Suite struct GraderParametersTests {
    @Test func `a null stands for left out`() throws {
        let parameters = GraderParameters(try JSONReader.read(#"{"a":null,"b":1}"#), file: "f")
        #expect(parameters["a"] == nil)
        #expect(parameters["b"]?.int == 1)
        #expect(parameters["c"] == nil)
    }

    @Test func `words fall back to their default`() throws {
        let parameters = GraderParameters(try JSONReader.read(#"{"case":"insensitive","target":"nonsense"}"#), file: "f")
        #expect(parameters.letterCase == .insensitive)
        #expect(parameters.target == .answer)
    }

    @Test func `all problems are thrown at once in order of position`() throws {
        var parameters = GraderParameters(try JSONReader.read("{\"a\":1,\n\"b\":2}"), file: "f")
        parameters.report(key: "b", of: parameters.node, "second", suggestion: "way out")
        if let a = parameters["a"] { parameters.report(at: a, "first") }
        parameters.report(key: "c", of: parameters.node, "whole")
        #expect { try parameters.finish() } throws: {
            ($0 as? InvalidInput)?.description == "f:1:1: error: whole\nf:1:6: error: first\nf:2:1: error: second\n  way out\n3 problems"
        }
    }

    @Test func `without problems nothing is thrown`() throws { try GraderParameters(Node(.null), file: "f").finish() }
}
