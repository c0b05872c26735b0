import RungCore
import RungCrypto
import RungText

/// The recorded calls of tools, made ready for answering: by name and arguments, each recording once and in its order.
struct ToolTape: Sendable {
    let calls: [ToolExchange]
    /// What is on offer: what was, and what was called without having been.
    let toolset: [ToolDefinition]
    /// The cassette's own normalizers, and how texts are redacted.
    let rules: MatchRules
    /// The calls with the same name and arguments, in order.
    private let queues: [Digest: [Int]]

    init(_ cassette: Cassette, rules: MatchRules) {
        calls = cassette.tools
        self.rules = rules
        var queues: [Digest: [Int]] = [:]
        for (index, call) in cassette.tools.enumerated() { queues[Self.key(call.name, call.arguments, rules), default: []].append(index) }
        self.queues = queues
        var toolset = cassette.toolset
        var known = Set(toolset.map(\.name))
        for call in cassette.tools where known.insert(call.name).inserted {
            toolset.append(ToolDefinition(name: call.name, inputSchema: ["type": "object"]))
        }
        self.toolset = toolset
    }

    private static func key(_ name: String, _ arguments: JSONValue, _ rules: MatchRules) -> Digest {
        var hasher = SHA256Hasher()
        hasher.update("\(name.utf8.count) \(name)")
        let text = JSONText.compact(arguments)
        if let node = rules.normalized(Array(text.utf8)) {
            hasher.update(CanonicalJSON.bytes(of: node))
        } else {
            hasher.update(text)
        }
        return hasher.finalize()
    }

    /// The recordings of a call, in order; empty for one that was never made. Arguments with a secret are those without it.
    func queue(_ name: String, _ arguments: JSONValue) -> (key: Digest, calls: [Int]) {
        let key = Self.key(name, arguments, rules)
        if let found = queues[key] { return (key, found) }
        let text = Array(JSONText.compact(arguments).utf8)
        if let bytes = rules.redacted(text), let redacted = try? JSONReader.read(bytes).json {
            let key = Self.key(name, redacted, rules)
            if let found = queues[key] { return (key, found) }
        }
        return (key, [])
    }

    /// Why a call has no answer: the nearest recording of the same tool, and the first argument that differs.
    func explain(_ name: String, _ arguments: JSONValue, count: Int) -> MissExplanation {
        let shown = MissText.shortened(rules.redacted(text: name), limit: 200)
        func explanation(_ reason: MissExplanation.Reason) -> MissExplanation {
            MissExplanation(method: "CALL", target: shown, reason: reason)
        }
        if count > 0 { return explanation(.usedUp(name: shown, count: count)) }
        let raw = Array(JSONText.compact(arguments).utf8)
        let received = rules.normalized(rules.redacted(raw) ?? raw)
        var best: MissExplanation.Nearest?
        for (index, call) in calls.enumerated().lazy.filter({ $0.element.name == name }).prefix(MissExplanation.candidateLimit) {
            guard let received, let recorded = rules.normalized(Array(JSONText.compact(call.arguments).utf8)) else { continue }
            let difference = JSONDifference(recorded: recorded, received: received, limit: MissExplanation.differenceLimit)
            guard difference.count < best?.count ?? .max else { continue }
            let (a, b) = MissText.pair(difference.recorded, difference.received, rules)
            best = .init(
                name: "call \(index + 1)", isUsed: false, place: difference.pointer.isEmpty ? "/" : difference.pointer, recorded: a,
                received: b, count: difference.count)
        }
        if let best { return explanation(.different(best)) }
        return explanation(.unknownPlace(known: toolset.prefix(5).map(\.name)))
    }
}

/// How far one trial has come in the recorded calls of tools.
struct ToolCursor: Sendable {
    private var used: [Digest: Int] = [:]
    private var usedCalls: Set<Int> = []

    /// Takes the next recording of a call.
    ///
    /// - Parameter repeats: starts over when all were used.
    mutating func next(_ name: String, _ arguments: JSONValue, in tape: ToolTape, repeats: Bool) -> Result<ToolExchange, ToolMiss> {
        let (key, calls) = tape.queue(name, arguments)
        let turn = used[key, default: 0]
        guard !calls.isEmpty, turn < calls.count || repeats else {
            return .failure(ToolMiss(explanation: tape.explain(name, arguments, count: calls.count)))
        }
        used[key] = turn + 1
        let call = calls[turn % calls.count]
        usedCalls.insert(call)
        return .success(tape.calls[call])
    }

    /// Calls that nobody made, in the order of the cassette.
    func unused(in tape: ToolTape) -> [Int] { tape.calls.indices.filter { !usedCalls.contains($0) } }
}

/// A call without a recording.
struct ToolMiss: Error, Equatable {
    let explanation: MissExplanation
}
