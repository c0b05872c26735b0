import RungCore
import RungText

/// The records that a segment of a trace makes: interactions, tool calls and hand-offs.
struct RecordDrafts {
    let assembly: TraceAssembly
    let segment: Segment

    /// In the order of the spans.
    var all: [EvidenceDraft] {
        let interactions = Set(segment.interactions(in: assembly))
        return segment.members.flatMap { name -> [EvidenceDraft] in
            guard let span = assembly.spans[name] else { return [] }
            var drafts: [EvidenceDraft] = []
            if interactions.contains(name) { drafts.append(interaction(span)) }
            if span.role == .tool { drafts.append(toolCall(span)) }
            if span.role == .agent, let handoff = handoff(to: span) { drafts.append(handoff) }
            return drafts
        }
    }

    // MARK: - Kinds

    private func interaction(_ span: SpanFacts) -> EvidenceDraft {
        let models = segment.models(of: span.spanID, in: assembly)
        let around = ancestors(of: span)
        func own(_ slot: SpanSlot) -> String? { span[slot] ?? models.lazy.compactMap { $0[slot] }.first }
        let principal = own(.principal) ?? around.lazy.compactMap { $0[.principal] }.first
        let cost = span.cost ?? (!models.isEmpty && models.allSatisfy { $0.cost != nil } ? models.reduce(0) { $0 + ($1.cost ?? 0) } : nil)
        var members = MemberList()
        members.add("agentId", span.agentOrService)
        members.add("at", SpanTime.text(span.start))
        members.add("configDigest", own(.config))
        members.add("contextVersionId", own(.context))
        members.add("cost", cost.map { .double($0) })
        members.add("environment", SpanEnvironment.word(for: span[.environment]))
        members.add("experimentId", own(.experiment))
        members.add("explanationRef", own(.explanation))
        members.add("failureReason", span.isFailed ? span[.errorType] : nil)
        members.add("feedbackOffered", own(.feedbackOffered).map { .bool($0 == "true") })
        members.add("id", id(of: span.spanID))
        members.add("latencyMs", span.milliseconds.map { .double($0) })
        members.add("memoryRef", own(.memory))
        members.add("modelId", segment.model(of: span.spanID, in: assembly))
        members.add("outcome", span.isFailed ? "failed" : nil)
        members.add("principalId", principal)
        members.add("promptVersionId", own(.promptVersion) ?? own(.instructions))
        members.add("traceId", assembly.traceID)
        return EvidenceDraft("interaction", members.all)
    }

    private func toolCall(_ span: SpanFacts) -> EvidenceDraft {
        let place = segment.places[span.spanID]
        let agent = place?.nearest.flatMap { assembly.spans[$0]?[.agent] } ?? span.agentOrService
        var members = MemberList()
        members.add("agentId", agent)
        members.add("at", SpanTime.text(span.start))
        // What may change something does, until the sender says otherwise.
        members.add("effect", span[.effect] ?? (span[.toolType] == "datastore" ? "read" : "write"))
        members.add("id", id(of: span.spanID))
        members.add("interactionId", place?.outer.map(id))
        members.add("systemId", span[.system])
        members.add("tool", span[.tool])
        members.add("traceId", assembly.traceID)
        return EvidenceDraft("toolCall", members.all)
    }

    /// An agent that calls another one hands something over.
    private func handoff(to span: SpanFacts) -> EvidenceDraft? {
        let known = ancestors(of: span).first { $0.role == .agent }
        guard let caller = known ?? segment.places[span.spanID]?.caller.flatMap({ assembly.spans[$0] }),
            caller.agentOrService != span.agentOrService
        else { return nil }
        var members = MemberList()
        members.add("at", SpanTime.text(span.start))
        members.add("contractId", span[.contract])
        members.add("fromAgent", caller.agentOrService)
        members.add("id", id(of: span.spanID))
        members.add("toAgent", span.agentOrService)
        members.add("traceId", assembly.traceID)
        return EvidenceDraft("handoff", members.all)
    }

    // MARK: - Parts

    /// The spans above one, nearest first, through other processes as far as they are known.
    private func ancestors(of span: SpanFacts) -> [SpanFacts] { assembly.ancestors(of: span) }

    private func id(of spanID: String) -> String { "\(assembly.traceID):\(spanID)" }
}

extension TraceAssembly {
    /// The spans above one, nearest first, through other processes as far as they are known; at most 256.
    func ancestors(of span: SpanFacts) -> [SpanFacts] {
        var found: [SpanFacts] = []
        var seen: Set<String> = [span.spanID]
        var next = span.parentID
        while found.count < 256, let name = next, seen.insert(name).inserted, let parent = spans[name] {
            found.append(parent)
            next = parent.parentID
        }
        return found
    }
}

/// Members of a record; those without a value are left out.
struct MemberList {
    private(set) var all: [JSONValue.Member] = []

    mutating func add(_ key: String, _ text: String?) {
        if let text { all.append(JSONValue.Member(key, .string(text))) }
    }

    mutating func add(_ key: String, _ value: JSONValue?) {
        if let value { all.append(JSONValue.Member(key, value)) }
    }
}

/// Times of telemetry as evidence has them.
enum SpanTime {
    /// `YYYY-MM-DDTHH:MM:SSZ`; fractions of a second are cut off.
    static func text(_ nanoseconds: UInt64) -> String {
        Timestamp(seconds: Int64(nanoseconds / 1_000_000_000)).description
    }
}
