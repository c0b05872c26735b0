import RungCore
import RungCrypto
import RungText
import Testing

@testable import RungReplay

@Suite struct AgentProtocolRequestTests {
    private func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

    @Test func `a trial line has all keys in the documented order and ends with a line break`() {
        var request = TrialRequest.sample("greet@tester#0", timeoutMs: 1_500, input: ["q": "a\nb"])
        request.index = 2
        request.seed = .max
        request.scenario.messages = [Message(role: .user, content: "hi")]
        request.scenario.variables = ["name": "Ada"]
        request.scenario.context = ["kb", 1]
        let prompt = PromptVersion(
            id: "welcome", label: "v2", text: "Hello {{name}}", variables: ["name"], location: SourceLocation(file: "p", line: 1))
        request.prompts = [prompt]
        #expect(
            text(AgentProtocol.trialLine(request)) == """
                {"type":"trial","protocol":1,"trial":"greet@tester#0","agent":"tester","case":"greet","index":2,\
                "seed":9007199254740991,"timeoutMs":1500,"input":{"q":"a\\nb"},"messages":[{"role":"user","content":"hi"}],\
                "prompts":[{"id":"welcome","label":"v2","version":"\(prompt.version)","text":"Hello {{name}}",\
                "variables":["name"]}],"variables":{"name":"Ada"},"context":["kb",1]}

                """)
    }

    @Test func `what the scenario does not have is left out`() {
        #expect(
            text(AgentProtocol.trialLine(.sample())) == """
                {"type":"trial","protocol":1,"trial":"t","agent":"tester","case":"greet","index":0,"seed":0,\
                "timeoutMs":60000,"input":"ping","messages":[],"prompts":[]}

                """)
    }

    @Test func `a cancel line names the trial`() {
        #expect(text(AgentProtocol.cancelLine(trial: "a\"b")) == #"{"type":"cancel","trial":"a\"b"}"# + "\n")
    }

    @Test(arguments: [(UInt64.max, 9_007_199_254_740_991), (1 << 63, 4_503_599_627_370_496), (2_047, 0), (2_048, 1)])
    func `the seed keeps its upper 53 bits`(seed: UInt64, expected: Int) {
        #expect(AgentProtocol.seed(seed) == expected)
    }

    @Test func `lines that are written have the shape that the schema says`() throws {
        for line in [AgentProtocol.trialLine(.sample()), AgentProtocol.cancelLine(trial: "t")] {
            var diagnostics = Diagnostics()
            let node = try JSONReader.read(line)
            Shape.tagged(by: "type", AgentProtocol.requestShapes).check(node, file: "line", into: &diagnostics)
            #expect(diagnostics.all == [])
        }
    }
}
