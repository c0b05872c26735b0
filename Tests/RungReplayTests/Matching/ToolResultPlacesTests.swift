import RungText
import Testing

@testable import RungReplay

@Suite struct ToolResultPlacesTests {
    /// A request in the form of each interface, with RESULT where a tool's answer stands.
    static let requests = [
        #"{"messages":[{"role":"user","content":"RESULTS"},{"role":"assistant","tool_calls":[{"id":"a","function":{"name":"lookup"}}]},{"role":"tool","tool_call_id":"a","content":"RESULT"}]}"#,
        #"{"input":[{"role":"user","content":"x"},{"type":"function_call","call_id":"a","name":"lookup","arguments":"{}"},{"type":"function_call_output","call_id":"a","output":"RESULT"}]}"#,
        #"{"messages":[{"role":"user","content":"x"},{"role":"assistant","content":[{"type":"tool_use","id":"a","name":"lookup","input":{}}]},{"role":"user","content":[{"type":"tool_result","tool_use_id":"a","content":"RESULT"}]}]}"#,
        #"{"messages":[{"role":"assistant","content":[{"toolUse":{"toolUseId":"a","name":"lookup","input":{}}}]},{"role":"user","content":[{"toolResult":{"toolUseId":"a","content":"RESULT"}}]}]}"#,
        #"{"contents":[{"parts":[{"functionCall":{"name":"lookup"}}]},{"parts":[{"functionResponse":{"name":"lookup","response":"RESULT"}}]}]}"#,
    ]

    private static let places = [
        "/messages/2/content", "/input/2/output", "/messages/2/content/0/content", "/messages/1/content/0/toolResult/content",
        "/contents/1/parts/0/functionResponse/response",
    ]

    @Test(arguments: zip(requests, places)) func `what a tool answered is found with its name`(request: String, place: String) throws {
        let results = ToolResultPlaces.results(in: try JSONReader.read(request))
        #expect(results.map(\.place) == [place])
        #expect(results.first?.tool == "lookup")
        #expect(results.first?.content.string == "RESULT")
    }

    @Test(arguments: requests) func `requests that differ in what tools answered alone are the same once it is masked`(
        request: String
    ) throws {
        func masked(_ text: String) throws -> String { JSONText.compact(ToolResultPlaces.masked(try JSONReader.read(text)).json) }
        let other = request.replacing("\"RESULT\"", with: #"{"deep":[1,2]}"#)
        #expect(try masked(request) == masked(other))
        #expect(try masked(request).contains("RESULT\"") == false)
        // What stands elsewhere goes on to count.
        #expect(try masked(request) != masked(request.replacing("lookup", with: "cancel")))
    }

    @Test(arguments: ["[]", "{}", #"{"messages":{},"input":"text","contents":[1]}"#, #"{"messages":[{"role":"tool"},{"content":[null]}]}"#])
    func `requests without answers of tools are left alone`(request: String) throws {
        let node = try JSONReader.read(request)
        #expect(JSONText.compact(ToolResultPlaces.masked(node).json) == request)
        #expect(ToolResultPlaces.results(in: node).isEmpty)
    }
}
