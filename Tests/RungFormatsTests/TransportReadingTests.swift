import RungCore
import RungTestSupport
import RungText
import Testing

@testable import RungFormats

@Suite struct TransportReadingTests {
    /// The transport of an agent file with these lines, and what is wrong with the file.
    private func read(_ transport: String, agent: String = "") -> (transport: Agent.Transport?, problems: [String]) {
        let folder = TemporaryFolder()
        folder.write("rung.yaml", "format: 1\norganization: Test\n")
        folder.write("agents/a.yaml", "format: 1\nid: a\nstate: pilot\n\(agent)transport:\n\(transport)\n")
        var diagnostics = Diagnostics()
        let workspace = Workspace.read(root: folder.path, into: &diagnostics)
        let agents = workspace?.registry(into: &diagnostics).agents ?? []
        return (
            agents.first?.transport,
            diagnostics.all.map { found in
                "\(found.position.map { "\($0)" } ?? "-"): error: \(found.message)" + (found.suggestion.map { "\n  \($0)" } ?? "")
            }
        )
    }

    @Test func `an agent behind an address is read with its template and its places`() throws {
        let (transport, problems) = read(
            """
              kind: http
              url: https://desk.example/ask
              headers: { authorization: "Bearer ${TOKEN}" }
              concurrency: 2
              body: { question: "{{ input.text }}", tone: "{{ variables.tone }}" }
              answer: { output: /data/0, cost: usd, tool-calls: { list: steps, result: out } }
            """)
        #expect(problems.isEmpty, "\(problems)")
        var places = HTTPTransportSettings.AnswerPlaces(output: try ValuePath("/data/0"))
        places.cost = try ValuePath("usd")
        places.toolCalls = .init(list: try ValuePath("steps"), result: try ValuePath("out"))
        #expect(
            transport
                == .http(
                    HTTPTransportSettings(
                        service: ServiceSettings(
                            url: "https://desk.example/ask", headers: ["authorization": "Bearer ${TOKEN}"], concurrency: 2),
                        body: try JSONTemplate(["question": "{{ input.text }}", "tone": "{{ variables.tone }}"]), answer: places)))
    }

    @Test func `a model is read with its tools and servers`() {
        let (transport, problems) = read(
            """
              kind: openai-chat
              url: http://127.0.0.1:1/v1
              key: OWN_KEY
              rounds: 3
              tools:
                - { name: f, parameters: { type: object }, command: [python3, f.py] }
                - { name: g, description: "G.", parameters: {} }
              servers:
                - { url: "http://127.0.0.1:2/mcp", tools: [h] }
                - { command: [srv], environment: { A: b } }
            """, agent: "tools: [f, h]\nconfiguration: { model: m }\n")
        #expect(problems.isEmpty, "\(problems)")
        guard case .model(let settings)? = transport else {
            Issue.record("\(String(describing: transport))")
            return
        }
        #expect(settings.dialect == .openAIChat && settings.url == "http://127.0.0.1:1/v1" && settings.key == "OWN_KEY")
        #expect(settings.rounds == 3 && settings.concurrency == ServiceSettings.usualConcurrency)
        #expect(settings.tools.map(\.name) == ["f", "g"])
        #expect(settings.tools[0].program?.command == ["python3", "f.py"] && settings.tools[1].program == nil)
        #expect(
            settings.servers == [
                MCPServerSettings(.service(ServiceSettings(url: "http://127.0.0.1:2/mcp")), tools: ["h"]),
                MCPServerSettings(.program(CommandTransportSettings(command: ["srv"], environment: ["A": "b"]))),
            ])
    }

    @Test func `agents of other protocols are read`() throws {
        #expect(
            read("  kind: a2a\n  url: https://a/\n  version: '0.3'").transport
                == .a2a(A2ATransportSettings(service: ServiceSettings(url: "https://a/"), version: .v0_3)))
        #expect(
            read("  kind: mcp\n  command: [srv]\n  tool: ask\n  arguments: { q: '{{ input }}' }\n  answer: text").transport
                == .mcp(
                    MCPTransportSettings(
                        server: MCPServerSettings(.program(CommandTransportSettings(command: ["srv"]))), tool: "ask",
                        arguments: try JSONTemplate(["q": "{{ input }}"]), output: try ValuePath("text"))))
    }

    @Test(arguments: [
        (
            "  kind: http\n  url: ftp://x", "",
            ["6:8: error: \"ftp://x\" is no address\n  write it as http://HOST/PATH or https://HOST/PATH"]
        ),
        (
            "  kind: http\n  url: https://u:p@x/", "",
            ["6:8: error: an address holds no password\n  send it in a header, with ${NAME} for the variable that holds it"]
        ),
        (
            "  kind: http\n  url: https://x\n  body: { q: '{{ inptu }}' }", "",
            ["7:9: error: a trial has no \"inptu\"\n  did you mean \"input\"?"]
        ),
        ("  kind: http\n  url: https://x\n  body: '{{ }}'", "", ["7:9: error: nothing stands between {{ and }}"]),
        (
            "  kind: http\n  url: https://x\n  answer: a..b", "",
            ["7:11: error: \"a..b\" is no path: a key between dots is empty; write keys with dots in them as a pointer such as /a.b/c"]
        ),
        ("  kind: http\n  url: https://x\n  headers: { a: '${1}' }", "", ["7:17: error: ${1} names no variable: letters, digits and _ do"]),
        ("  kind: http\n  url: https://x\n  headers: { 'a b': x }", "", ["7:14: error: \"a b\" is no name of a header"]),
        ("  kind: mcp\n  tool: t\n  arguments: {}", "", ["5:3: error: a server has either a url or a command"]),
        (
            "  kind: mcp\n  url: https://x\n  tool: t\n  arguments: {}\n  environment: { A: b }", "",
            ["9:16: error: environment belongs to a server that is started with command"]
        ),
        (
            "  kind: openai-chat", "",
            [
                "5:3: error: transport openai-chat does not know which model to call\n  name it in the agent's configuration, with its parameters: configuration: { model: …, temperature: 0 }"
            ]
        ),
        (
            "  kind: anthropic-messages\n  tools: [{ name: find, parameters: {} }, { name: find, parameters: {} }]",
            "tools: [fnd]\nconfiguration: { model: m, messages: [] }\n",
            [
                "4:9: error: tool \"fnd\" has no definition\n  did you mean \"find\"?",
                "5:38: error: \"messages\" is what Rung puts together itself\n  leave it out of the configuration",
                "8:43: error: tool \"find\" is defined twice",
            ]
        ),
        (
            "  kind: openai-chat\n  modl: x", "configuration: { model: m }\n",
            ["7:3: error: unknown key \"modl\" in openai-chat\n  known here: url, key, headers, concurrency, rounds, tools, servers"]
        ),
    ]) func `each problem is told with its place and the way out`(_ transport: String, _ agent: String, _ expected: [String]) {
        let problems = read(transport, agent: agent).problems
        #expect(problems.sorted() == expected.sorted(), "\(problems)")
    }

    @Test func `variables of a trial reach programs and templates that name them, and nobody else`() {
        let kinds = [
            ("  kind: command\n  command: [x]", true), ("  kind: http\n  url: https://x", false),
            ("  kind: http\n  url: https://x\n  body: { base: '{{ environment.OPENAI_BASE_URL }}' }", true),
            ("  kind: http\n  url: https://x\n  headers: { x-base: '${OPENAI_BASE_URL}' }", true),
            ("  kind: a2a\n  url: https://x", false), ("  kind: mcp\n  command: [x]\n  tool: t\n  arguments: {}", true),
            ("  kind: mcp\n  url: https://x\n  tool: t\n  arguments: {}", false),
        ]
        for (text, takes) in kinds { #expect(read(text).transport?.takesVariables == takes, "\(text)") }
    }
}

@Suite struct PriceFileTests {
    private func read(_ text: String) -> (table: PriceTable, problems: [String]) {
        let folder = TemporaryFolder()
        folder.write("prices.yaml", text)
        var diagnostics = Diagnostics()
        let table = Workspace.bare(at: folder.path).prices(into: &diagnostics)
        return (table, diagnostics.all.map(\.message))
    }

    @Test func `prices are read, and no file is no prices`() {
        let (table, problems) = read(
            "format: 1\nprices:\n  - { model: m, input: 1, output: 2.5, cache-read: 0.1, seen: 2026-01-02, source: contract }\n")
        #expect(problems.isEmpty, "\(problems)")
        #expect(table.entries == [.init(model: "m", input: 1, output: 2.5, cacheRead: 0.1, seen: "2026-01-02", source: "contract")])
        var diagnostics = Diagnostics()
        #expect(Workspace.bare(at: TemporaryFolder().path).prices(into: &diagnostics) == PriceTable() && diagnostics.isEmpty)
    }

    @Test func `a price without a day or a source, a negative one and one told twice are problems`() {
        let (_, problems) = read(
            "format: 1\nprices:\n  - { model: m, input: -1, output: 2 }\n")
        #expect(problems.count == 3, "\(problems)")
        let twice = read(
            "format: 1\nprices:\n  - { model: m, input: 1, output: 2, seen: 2026-01-02, source: s }\n  - { model: m, input: 1, output: 2, seen: 2026-01-02, source: s }\n"
        )
        #expect(twice.problems.first?.contains("price of model \"m\" is defined twice") == true, "\(twice.problems)")
    }

    @Test func `the built-in table has a day and a source for every model, and no model twice`() throws {
        let path = #filePath.replacing("Tests/RungFormatsTests/TransportReadingTests.swift", with: "prices/models.yaml")
        let text = String(decoding: try FileBytes.read(path), as: UTF8.self)
        let table = try PriceFile.read(text: text, path: "prices/models.yaml")
        #expect(table.entries.count > 25)
        for entry in table.entries {
            #expect(Timestamp(entry.seen) != nil && entry.source.hasPrefix("https://"), "\(entry.model)")
            #expect(entry.output >= entry.input || entry.output == 0, "\(entry.model)")
            #expect(entry.cacheRead.map { $0 < entry.input } ?? true, "\(entry.model)")
        }
        #expect(table.entry(for: "gpt-4o-2024-08-06")?.input == 2.5)
        #expect(table.entry(for: "claude-sonnet-4-5-20250929")?.cacheWrite == 3.75)
    }
}
