import RungText
import Testing

@Suite struct NodeTests {
    @Test("a node gives what it holds, and nothing else")
    func accessors() throws {
        let node = try JSONReader.read(#"{"s":"x","b":true,"n":1.5,"i":2,"l":["a",1,"b"],"z":null,"o":{}}"#)
        #expect(node["s"]?.string == "x")
        #expect(node["b"]?.bool == true)
        #expect(node["n"]?.double == 1.5)
        #expect(node["n"]?.int == nil)
        #expect(node["i"]?.int == 2)
        #expect(node["z"]?.isNull == true)
        #expect(node["missing"] == nil)
        #expect(node["s"]?["s"] == nil)
        #expect(
            node.members?.map(\.value.kindName) == ["string", "boolean", "number", "number", "array", "null", "object"])
    }

    @Test("strings are those of a list, or the single one in its place")
    func strings() throws {
        #expect(try JSONReader.read(#"["a",1,"b"]"#).strings == ["a", "b"])
        #expect(try JSONReader.read(#""a""#).strings == ["a"])
        #expect(try JSONReader.read("1").strings == [])
    }
}
