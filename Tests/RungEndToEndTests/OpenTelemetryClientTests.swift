import Foundation
import Testing

/// What real exporters send arrives whole.
@Suite(.serialized) struct OpenTelemetryClientTests {
    static let hasClient = Python.has("opentelemetry.sdk.trace", "opentelemetry.exporter.otlp.proto.http.trace_exporter")

    private static let script = """
        import sys, time
        from opentelemetry import trace
        from opentelemetry.sdk.resources import Resource
        from opentelemetry.sdk.trace import TracerProvider
        from opentelemetry.sdk.trace.export import BatchSpanProcessor
        from opentelemetry.exporter.otlp.proto.http import Compression
        from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
        compression = Compression.Gzip if sys.argv[2] == "gzip" else Compression.NoCompression
        exporter = OTLPSpanExporter(endpoint=sys.argv[1] + "/v1/traces", compression=compression)
        provider = TracerProvider(resource=Resource.create({"service.name": "shop", "deployment.environment.name": "staging"}))
        provider.add_span_processor(BatchSpanProcessor(exporter, max_export_batch_size=64))
        tracer = provider.get_tracer("test")
        for number in range(200):
            with tracer.start_as_current_span("invoke_agent support") as agent:
                agent.set_attributes({"gen_ai.operation.name": "invoke_agent", "gen_ai.agent.name": "support", "user.id": f"u{number % 3}"})
                with tracer.start_as_current_span("chat m1") as chat:
                    chat.set_attributes({"gen_ai.operation.name": "chat", "gen_ai.provider.name": "openai",
                        "gen_ai.request.model": "m", "gen_ai.response.model": "m1", "gen_ai.usage.input_tokens": 12,
                        "gen_ai.input.messages": "secret words", "gen_ai.usage.cost": 0.25})
                with tracer.start_as_current_span("execute_tool lookup") as tool:
                    tool.set_attributes({"gen_ai.operation.name": "execute_tool", "gen_ai.tool.name": "lookup",
                        "gen_ai.tool.type": "datastore"})
        print(provider.force_flush())
        provider.shutdown()
        """

    @Test(.enabled(if: hasClient, "Python has no opentelemetry-sdk with the OTLP exporter over HTTP"), arguments: ["none", "gzip"])
    func spansOfThePythonExporterArriveWhole(_ compression: String) async throws {
        try await Folder.with { folder in
            let receiver = try await Receiver.start(in: folder, "--allow-unsigned")
            let sent = try await Python.run(Self.script, receiver.url, compression, in: folder)
            #expect(sent.status == 0 && sent.stdout == "True\n", "\(sent.stderr)")
            #expect(try await receiver.get("/healthz").body.contains(#""spans":600,"#))
            _ = try await receiver.stop()
            let rows = try await folder.query(
                "SELECT agent_id, environment, model_id, cost, COUNT(*), COUNT(DISTINCT principal_id) FROM interactions GROUP BY 1, 2, 3, 4"
            )
            #expect(rows == ["support|pilot|m1|0.25|200|3"])
            #expect(try await folder.query(Folder.toolCalls) == ["support|lookup|read|200"])
            // What was said is nowhere in the file.
            let file = try Data(contentsOf: URL(fileURLWithPath: folder.path + "/evidence.db"))
            #expect(file.range(of: Data("secret words".utf8)) == nil)
        }
    }
}
