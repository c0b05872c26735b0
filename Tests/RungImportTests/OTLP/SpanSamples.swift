import RungOTLP

/// Spans for tests: short names, whole seconds.
enum SpanSamples {
    static let trace = String(repeating: "a", count: 32)
    /// 2026-09-30T10:00:00Z.
    static let start: UInt64 = 1_790_762_400

    /// A span that begins and ends so many seconds after `start`.
    static func span(
        _ name: String, below parent: String? = nil, remote: Bool = false, _ attributes: KeyValuePairs<String, String> = [:],
        cost: Double? = nil, from: UInt64 = 0, to: UInt64 = 10, service: String = "shop", trace: String = trace, isError: Bool? = nil
    ) -> TelemetrySpan {
        var all = attributes.map { TelemetryAttribute($0.key, .string($0.value)) }
        if let cost { all.append(TelemetryAttribute("operation.cost", .double(cost))) }
        return TelemetrySpan(
            traceID: trace, spanID: id(name), parentID: parent.map(id), hasRemoteParent: remote, name: name,
            startNanoseconds: (start + from) * 1_000_000_000, endNanoseconds: (start + to) * 1_000_000_000, attributes: all,
            resource: [TelemetryAttribute("service.name", .string(service))], isError: isError)
    }

    static func agent(
        _ name: String, _ agent: String, below parent: String? = nil, remote: Bool = false, from: UInt64 = 0, to: UInt64 = 10,
        service: String = "shop"
    ) -> TelemetrySpan {
        span(
            name, below: parent, remote: remote, ["gen_ai.operation.name": "invoke_agent", "gen_ai.agent.name": agent], from: from, to: to,
            service: service)
    }

    static func chat(
        _ name: String, below parent: String? = nil, cost: Double? = nil, from: UInt64 = 1, to: UInt64 = 2, model: String = "m1"
    ) -> TelemetrySpan {
        span(
            name, below: parent, ["gen_ai.operation.name": "chat", "gen_ai.response.model": model], cost: cost, from: from, to: to)
    }

    static func tool(_ name: String, _ tool: String, below parent: String? = nil, from: UInt64 = 3, to: UInt64 = 4) -> TelemetrySpan {
        span(name, below: parent, ["gen_ai.operation.name": "execute_tool", "gen_ai.tool.name": tool], from: from, to: to)
    }

    /// The id of the span with this name: its letters in hexadecimal.
    static func id(_ name: String) -> String {
        let digits = name.utf8.map { String($0, radix: 16) }.joined()
        return String((digits + String(repeating: "0", count: 16)).prefix(16))
    }

    static func batch(_ spans: [TelemetrySpan]) -> TelemetryBatch {
        var batch = TelemetryBatch()
        batch.spans = spans
        return batch
    }
}
