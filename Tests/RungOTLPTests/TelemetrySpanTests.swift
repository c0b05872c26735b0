import RungOTLP
import Testing

struct TelemetrySpanTests {
    @Test func `a span without a parent is the root of its trace`() {
        let span = TelemetrySpan(
            traceID: String(repeating: "a", count: 32), spanID: String(repeating: "b", count: 16), parentID: nil, name: "chat",
            startNanoseconds: 1, endNanoseconds: 2, attributes: [], resource: [], isError: nil, events: [])
        #expect(span.parentID == nil)
    }
}
