import RungText
import Testing

@testable import RungGrading

@Suite struct TextDiffJSONTests {
    @Test func `the order of members is no difference`() {
        let diff = TextDiff.unified(expected: ["b": 1, "a": ["y": 2, "x": 3]] as JSONValue, actual: ["a": ["x": 3, "y": 4], "b": 1])
        #expect(
            diff == """
                @@ -1,7 +1,7 @@
                 {
                   "a": {
                     "x": 3,
                -    "y": 2
                +    "y": 4
                   },
                   "b": 1
                 }
                """)
        #expect(TextDiff.unified(expected: ["b": 1, "a": 2] as JSONValue, actual: ["a": 2, "b": 1]) == "")
    }

    @Test func `single values are compared word by word`() {
        #expect(TextDiff.unified(expected: 10 as JSONValue, actual: 12) == "[-10-]{+12+}")
    }
}
