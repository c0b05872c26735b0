import RungCore
import RungOTLP
import RungText
import Testing

@testable import RungImport

struct SpanFactsTests {
    private func facts(_ attributes: [TelemetryAttribute], resource: [TelemetryAttribute] = [], isError: Bool? = nil) -> SpanFacts {
        var span = SpanSamples.span("x", isError: isError)
        span.attributes = attributes
        span.resource = resource
        return SpanFacts(span)
    }

    private func text(_ key: String, _ value: String) -> TelemetryAttribute { TelemetryAttribute(key, .string(value)) }

    @Test(arguments: [
        (["gen_ai.operation.name": "invoke_agent"], SpanRole.agent), (["gen_ai.operation.name": "chat"], .model),
        (["gen_ai.operation.name": "text_completion"], .model), (["gen_ai.operation.name": "execute_tool"], .tool),
        (["gen_ai.operation.name": "invoke_workflow"], .workflow), (["gen_ai.operation.name": "embeddings"], .other),
        (["openinference.span.kind": "LLM"], .model), (["openinference.span.kind": "AGENT"], .agent),
        (["traceloop.span.kind": "tool"], .tool), (["gen_ai.system": "openai", "gen_ai.request.model": "m"], .model),
        (["gen_ai.request.model": "m"], .plain), (["http.method": "GET"], .plain),
    ])
    func `current and older names tell what a span stands for`(_ attributes: [String: String], _ role: SpanRole) {
        #expect(facts(attributes.map { text($0.key, $0.value) }).role == role)
    }

    @Test func `of two names the better one counts, wherever it stands`() {
        let names = [text("gen_ai.request.model", "asked"), text("gen_ai.response.model", "answered")]
        #expect(facts(names)[.model] == "answered")
        #expect(facts(names.reversed())[.model] == "answered")
        #expect(facts([text("gen_ai.agent.name", "n"), text("gen_ai.agent.id", "i")])[.agent] == "i")
    }

    @Test func `only the allow-list is kept, and texts that can name something`() {
        let long = String(repeating: "x", count: 1_001)
        let span = facts([
            text("gen_ai.input.messages", "secret"), text("gen_ai.output.messages", "secret"), text("user.id", " "),
            text("gen_ai.agent.name", long), text("rung.config.digest", "no digest"), text("rung.tool.effect", "destroy"),
        ])
        #expect(JSONText.compact(span.json).contains("facts") == false)
    }

    @Test func `costs that make no sense are left out`() {
        for cost in [Double.nan, .infinity, -1, 1e13] {
            #expect(facts([TelemetryAttribute("operation.cost", .double(cost))]).cost == nil)
        }
        #expect(facts([TelemetryAttribute("operation.cost", .double(0.003381))]).cost == 0.003381)
        #expect(facts([TelemetryAttribute("gen_ai.usage.cost", .int(2))]).cost == 2)
    }

    @Test func `instructions become the version of a prompt with that text`() {
        let version = "\(PromptVersion.version(text: "Be kind.\nBe brief.", variables: []))"
        let parts = #"[{"type":"text","content":"Be kind."},{"type":"text","content":"Be brief."}]"#
        #expect(facts([text("gen_ai.system_instructions", parts)])[.instructions] == version)
        let structured = TelemetryValue.array(
            ["Be kind.", "Be brief."].map {
                .map([TelemetryAttribute("type", .string("text")), TelemetryAttribute("content", .string($0))])
            })
        #expect(facts([TelemetryAttribute("gen_ai.system_instructions", structured)])[.instructions] == version)
        let plain = "\(PromptVersion.version(text: "Be kind.", variables: []))"
        #expect(facts([text("gen_ai.system_instructions", "Be kind.")])[.instructions] == plain)
    }

    @Test(arguments: [
        (nil, "production"), ("production", "production"), ("prod-eu", "production"), ("blue", "production"), ("staging", "pilot"),
        ("eu-Staging-2", "pilot"), ("pilot", "pilot"), ("TEST", "pilot"), ("latest", "production"), ("preprod", "pilot"),
    ])
    func `an environment is production unless a part of its name says otherwise`(_ name: String?, _ word: String) {
        #expect(SpanEnvironment.word(for: name) == word)
    }

    @Test func `the environment comes from the resource, and the span may say better`() {
        let resource = [text("deployment.environment", "staging")]
        #expect(facts([], resource: resource)[.environment] == "staging")
        #expect(facts([text("deployment.environment.name", "production")], resource: resource)[.environment] == "production")
    }

    @Test func `a failure has the type of the error, or of the exception`() {
        #expect(facts([text("error.type", "timeout")], isError: true)[.errorType] == "timeout")
        #expect(facts([], isError: true)[.errorType] == "error")
        #expect(facts([text("error.type", "timeout")], isError: false)[.errorType] == nil)
        var span = SpanSamples.span("x", isError: true)
        span.events = [.init(name: "exception", nanoseconds: 1, attributes: [text("exception.type", "ValueError")])]
        #expect(SpanFacts(span)[.errorType] == "ValueError")
    }

    @Test func `a service that the library does not know is called so`() {
        #expect(facts([], resource: [text("service.name", "unknown_service:python")]).service == "unknown_service")
        #expect(facts([]).service == "unknown_service")
    }

    @Test func `what is held reads back as it was`() throws {
        var span = SpanSamples.span(
            "x", below: "p", remote: true, ["gen_ai.operation.name": "chat", "gen_ai.agent.name": "a\"b", "user.id": "ä"], cost: 0.5,
            isError: true)
        span.startNanoseconds = .max
        let facts = SpanFacts(span)
        #expect(SpanFacts(try JSONReader.read(JSONText.compact(facts.json))) == facts)
        #expect(SpanFacts(try JSONReader.read("{}")) == nil)
    }
}
