import Foundation
import Testing

@Suite struct ImportOTLPTests {
    private static let corpus = ProcessInfo.processInfo.environment["RUNG_CORPORA"].map { $0 + "/otlp-genai" }
    private static let hasCorpus = corpus.map { FileManager.default.fileExists(atPath: $0) } ?? false

    /// What `rung import otlp --format json` says.
    private struct Report: Decodable {
        struct Telemetry: Decodable {
            var spans: Int, logs: Int, metrics: Int
            var roles: [String: Int], ignored: [String: Int]
        }
        struct File: Decodable {
            var file: String
            var added: [String: Int], unchanged: [String: Int]
            var telemetry: Telemetry
        }
        var files: [File]
    }

    private static func report(_ output: Output) throws -> Report { try JSONDecoder().decode(Report.self, from: Data(output.stdout.utf8)) }

    @Test(.enabled(if: hasCorpus, "RUNG_CORPORA names no copy of the corpora"))
    func everyFileOfTheCorpusComesInWithAllOfItsSpans() async throws {
        let corpus = try #require(Self.corpus)
        let names = try FileManager.default.contentsOfDirectory(atPath: corpus).filter { $0.hasSuffix(".json") }.sorted()
        #expect(names.count == 23)
        try await Folder.with { folder in
            let words = [Rung.path, "import", "otlp", "--evidence", "e.db", "--format", "json"] + names.map { "\(corpus)/\($0)" }
            let output = try await Program.run(words, in: folder.path)
            #expect(output.status == 0, "\(output.stderr)")
            let report = try Self.report(output)
            #expect(report.files.count == 23)
            for (file, name) in zip(report.files, names) {
                let text = try String(contentsOfFile: "\(corpus)/\(name)", encoding: .utf8)
                let spans =
                    name.contains("otel-proto") ? (name.contains("trace") ? 1 : 0) : text.components(separatedBy: "\"spanId\"").count - 1
                #expect(file.telemetry.spans == spans, "\(name)")
                let agents = text.components(separatedBy: "\"stringValue\": \"invoke_agent\"").count - 1
                #expect(file.telemetry.roles["agent", default: 0] == agents)
                #expect(file.added["interaction", default: 0] == agents)
                let tools = text.components(separatedBy: "\"stringValue\": \"execute_tool\"").count - 1
                #expect(file.added["toolCall", default: 0] == tools)
            }
            let again = try Self.report(try await Program.run(words, in: folder.path))
            #expect(again.files.allSatisfy { $0.added.isEmpty })
            #expect(again.files.reduce(0) { $0 + ($1.unchanged["interaction"] ?? 0) } == 19)
            #expect(
                try await folder.query(
                    "SELECT agent_id, model_id, cost, outcome FROM interactions WHERE trace_id = 'a3ff611003ac36a8a1f0240b842c1ec1'", "e.db"
                )
                    == ["replay-openai|gpt-4o|0.0008175|"])
            #expect(
                try await folder.query("SELECT outcome, failure_reason, COUNT(*) FROM interactions GROUP BY 1, 2 ORDER BY 1", "e.db")
                    == ["||9", "failed|pydantic_ai.exceptions.UnexpectedModelBehavior|10"])
        }
    }

    @Test func jsonLinesOfRequestsMakeOneTraceEvenWhenItsSpansAreOnDifferentLines() async throws {
        try await Folder.with { folder in
            let lines = [Spans.request([Spans.agentSpan(1)]), Data(), Spans.request([Spans.tool(1)]), Spans.request([Spans.model(1)])]
            try folder.write(lines.map { String(decoding: $0, as: UTF8.self) + "\n" }.joined(), to: "traces.jsonl")
            let output = try await Rung.run("import", "otlp", "traces.jsonl", "--evidence", "e.db", in: folder)
            #expect(output.status == 0)
            #expect(
                output.stderr.hasPrefix("traces.jsonl: 2 records, 2 added\n  interaction: 1\n  toolCall: 1\n  3 spans, 0 log records\n"))
            #expect(try await folder.query("SELECT agent_id, model_id, cost FROM interactions", "e.db") == ["support|m1|0.5"])
            #expect(try await folder.query("SELECT COUNT(*) FROM held_pieces", "e.db") == ["0"])
        }
    }

    @Test func aWrongFileStoresNothingAndTheOthersComeIn() async throws {
        try await Folder.with { folder in
            let good = String(decoding: Spans.trace(1), as: UTF8.self)
            try folder.write(good, to: "good.json")
            try folder.write(
                good.replacingOccurrences(of: Spans.traceID(1), with: Spans.traceID(2)) + "\n{\"resourceSpans\": 1}\n", to: "bad.jsonl")
            let output = try await Rung.run("import", "otlp", "bad.jsonl", "good.json", "--evidence", "e.db", in: folder)
            #expect(output.status == 3)
            #expect(output.stderr.contains("bad.jsonl:2:19: error: \"resourceSpans\" must be an array, found number\n1 problem\n"))
            #expect(try await folder.query("SELECT trace_id FROM interactions", "e.db") == [Spans.traceID(1)])
        }
    }

    @Test func aRehearsalNeedsNoWorkspaceAndLeavesNothing() async throws {
        try await Folder.with { folder in
            try folder.write(String(decoding: Spans.trace(1), as: UTF8.self), to: "trace.json")
            let before = folder.files
            let output = try await Rung.run("import", "otlp", "trace.json", "--dry-run", "--format", "json", in: folder)
            #expect(output.status == 0)
            #expect(try Self.report(output).files.first?.added == ["interaction": 1, "toolCall": 1])
            #expect(folder.files == before)
        }
    }

    @Test(arguments: [
        ("", "empty.otlp: error: the file is empty\n"), ("{\"a\": 1}", "empty.otlp:1:2: error: a request has "),
        ("{\n\"a\": 1}", "empty.otlp:1:1: error: the file has neither "), ("not telemetry", "empty.otlp: error: byte "),
        ("{\n\"resourceSpans\": [\n{\"scopeSpans\": 7}]}", "empty.otlp:3:16: error: \"scopeSpans\" must be an array, found number\n"),
    ])
    func whatIsNoTelemetryIsNamedWithItsPlace(_ text: String, _ message: String) async throws {
        try await Folder.with { folder in
            try folder.write(text, to: "empty.otlp")
            let output = try await Rung.run("import", "otlp", "empty.otlp", "--evidence", "e.db", in: folder)
            #expect(output.status == 3)
            #expect(output.stderr.hasPrefix(message), "\(output.stderr)")
            #expect(!folder.has("e.db"))
        }
    }
}
