import RungCore
import RungText

/// Holds what live tools answered against what a cassette has for the same calls.
struct ToolDriftCheck {
    let tape: ToolTape

    /// Compares call by call, each recording once and in its order.
    ///
    /// - Parameter live: the calls of the trial in their order, without secrets, as they would be recorded.
    func drift(of live: [ToolExchange]) -> ToolDrift {
        var drift = ToolDrift()
        var cursor = ToolCursor()
        for call in live {
            let tool = shown(call.name)
            switch cursor.next(call.name, call.arguments, in: tape, repeats: false) {
            case .failure(let miss): drift.add(.init(tool: tool, .unrecorded(miss.explanation.message)))
            case .success(let recorded):
                drift.compared += 1
                if let difference = difference(recorded, call) { drift.add(.init(tool: tool, difference)) }
            }
        }
        for number in cursor.unused(in: tape) { drift.add(.init(tool: shown(tape.calls[number].name), .notCalled(number + 1))) }
        return drift
    }

    /// A tool's name as it stands in findings.
    func shown(_ name: String) -> String { MissText.shortened(tape.rules.redacted(text: name), limit: 200) }

    private func difference(_ recorded: ToolExchange, _ live: ToolExchange) -> ToolDrift.Difference? {
        if recorded.isError != live.isError {
            func word(_ exchange: ToolExchange) -> String { exchange.isError ? "an error" : "an answer" }
            return .changed(place: "/", recorded: word(recorded), received: word(live))
        }
        return Self.difference(
            recorded: Node(json: recorded.result, at: .start), received: Node(json: live.result, at: .start), tape.rules)
    }

    /// The first difference between two answers after what does not count is gone; nil for none.
    ///
    /// Tools often answer with JSON in a text; it is compared as JSON where both answers are.
    static func difference(recorded: Node, received: Node, _ rules: MatchRules) -> ToolDrift.Difference? {
        let (old, new) = (unpacked(recorded), unpacked(received))
        let (a, b) = old == nil || new == nil ? (recorded, received) : (old ?? recorded, new ?? received)
        let difference = JSONDifference(recorded: rules.normalized(a), received: rules.normalized(b), limit: 1)
        guard difference.count > 0 else { return nil }
        let (was, now) = MissText.pair(difference.recorded, difference.received, rules)
        return .changed(place: difference.pointer.isEmpty ? "/" : rules.redacted(text: difference.pointer), recorded: was, received: now)
    }

    private static func unpacked(_ node: Node) -> Node? {
        guard let text = node.string else { return node.members != nil || node.array != nil ? node : nil }
        let bytes = Array(text.utf8)
        guard JSONBody.mayBeJSON(bytes) else { return nil }
        return try? JSONReader.read(bytes)
    }
}
