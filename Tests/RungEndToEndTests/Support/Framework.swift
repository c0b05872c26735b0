import Testing

/// An agent framework from PyPI, with a small agent of its kind that looks up orders.
struct Framework: Sendable, CustomTestStringConvertible {
    /// Its package on PyPI.
    let package: String
    /// Whether its agent can be started here.
    let isThere: Bool
    /// The model interfaces of OpenAI that the framework speaks, in the order in which the agent uses them.
    let interfaces: [String]
    /// Python with `answers(question)`, which yields names and answers: plain, then streamed with `|` between the parts.
    let agent: String

    var testDescription: String { package }

    /// The agent as a program of its own: prints each name and answer on a line.
    var program: String {
        agent + """

            import asyncio
            async def main():
                async for name, answer in answers("Where are order A-7 and order B-12?"): print(name, answer)
            asyncio.run(main())
            """
    }

    /// The agent of a suite: its result holds all answers, a line each.
    var suiteAgent: String {
        agent + """

            import asyncio, json, sys
            async def main():
                trial = json.loads(sys.stdin.readline())
                lines = [f"{name} {answer}" async for name, answer in answers(trial["input"])]
                print(json.dumps({"type": "result", "trial": trial["trial"], "output": "\\n".join(lines)}))
            asyncio.run(main())
            """
    }

    static let openAIAgents = Framework(
        package: "openai-agents", isThere: Python.has("agents.tracing"), interfaces: ["chat", "responses"],
        agent: FrameworkScripts.openAIAgents)

    static let pydanticAI = Framework(
        package: "pydantic-ai-slim", isThere: Python.has("pydantic_ai.models.openai"), interfaces: ["chat", "responses"],
        agent: FrameworkScripts.pydanticAI)

    static let langGraph = Framework(
        package: "langgraph", isThere: Python.has("langchain_openai", "langgraph.prebuilt"), interfaces: ["chat", "responses"],
        agent: FrameworkScripts.langGraph)

    static let smolagents = Framework(
        package: "smolagents", isThere: Python.has("openai", "smolagents"), interfaces: ["chat"], agent: FrameworkScripts.smolagents)

    /// Those that are installed.
    static let installed = [openAIAgents, pydanticAI, langGraph, smolagents].filter(\.isThere)
}
