import RungCore
import RungText

/// The steps of a flow: the agent calls of a trace in which several agents took part, or that names its flow.
///
/// A trace that grows makes the same steps again; the store takes each of them once.
struct FlowSteps {
    let assembly: TraceAssembly
    /// The decided spans of the trace, in the order of time.
    let decided: [SpanFacts]
    /// The agent call above an agent call, for those that were found by time because a span between them is missing.
    let callers: [String: String]

    var drafts: [EvidenceDraft] {
        let agents = decided.filter { $0.role == .agent }
        guard let first = agents.first else { return [] }
        let isFlow =
            agents.contains { $0.agentOrService != first.agentOrService }
            || decided.contains { $0.role == .workflow || $0[.flow] != nil }
        return isFlow ? agents.compactMap(step) : []
    }

    /// Nil while the agent call above may still come.
    private func step(_ span: SpanFacts) -> EvidenceDraft? {
        let above = assembly.ancestors(of: span)
        let caller = above.first { $0.role == .agent }?.spanID ?? callers[span.spanID]
        if assembly.patience != .none, caller == nil, (above.last ?? span).parentID != nil { return nil }
        var members = MemberList()
        members.add("agentId", span.agentOrService)
        members.add("at", SpanTime.text(span.start))
        members.add("conclusion", span[.reached])
        members.add("evidenceRef", span[.evidence])
        members.add("flowId", span[.flow] ?? above.lazy.compactMap { $0[.flow] }.first)
        members.add("input", span[.input])
        // When the chain breaks off, the span that is missing, so that the flow is seen to be incomplete.
        members.add("parentId", caller ?? (above.last ?? span).parentID)
        members.add("spanId", span.spanID)
        members.add("traceId", assembly.traceID)
        return EvidenceDraft("flowStep", members.all)
    }
}
