import RungCore
import RungText

/// Decides what the spans of one trace mean together; a pure function of the spans and of how long they have waited.
///
/// The spans of one process hang together by their parents: a *segment*. In it the outermost agent span is the
/// interaction, and a model span without an agent above it is one too. What an agent span leaves to the spans below it,
/// such as model and cost, is known when its trace has been quiet for a while; whatever the order in which they come.
struct TraceAssembly {
    let traceID: String
    let patience: Patience
    /// Spans that were decided before; kept because others may hang on them.
    private let done: Set<String>
    private(set) var spans: [String: SpanFacts] = [:]
    /// Children by parent, each list sorted by start, then name.
    private(set) var children: [String: [String]] = [:]
    /// How many of the spans that came just now were there already.
    private(set) var duplicates = 0

    /// What is still waited for.
    enum Patience {
        /// More may come at once.
        case full
        /// Only parents that are missing; what hangs together is complete.
        case forParents
        /// Nothing.
        case none
    }

    /// What becomes of the spans.
    struct Decision {
        var drafts: [EvidenceDraft] = []
        /// Spans that hang together up to their top; more may come below.
        var unsettled: [SpanFacts] = []
        /// Spans below a parent that has not come.
        var orphans: [SpanFacts] = []
        /// Spans decided now or before, in the order of time.
        var done: [SpanFacts] = []
        /// How many of them were decided now.
        var decided = 0
    }

    init(traceID: String, arrived: [SpanFacts], waiting: [SpanFacts] = [], done: [SpanFacts] = [], patience: Patience) {
        self.traceID = traceID
        self.patience = patience
        for span in done + waiting { spans[span.spanID] = span }
        for span in arrived {
            if spans[span.spanID] == nil { spans[span.spanID] = span } else { duplicates += 1 }
        }
        self.done = Set(done.map(\.spanID))
        for span in spans.values {
            if let parent = span.parentID, spans[parent] != nil { children[parent, default: []].append(span.spanID) }
        }
        for (parent, names) in children { children[parent] = names.sorted(by: isEarlier) }
    }

    /// - Parameters:
    ///   - isStored: whether the interaction of a span is stored, though nothing of its trace is held any more.
    ///   - stored: all stored interactions of the trace; asked for rarely.
    func decide(
        isStored: (_ spanID: String) throws -> Bool, stored: () throws -> [StoredInteraction]
    ) rethrows -> Decision {
        var decision = Decision()
        var segments: [Segment] = []
        var orphans: [Segment] = []
        for top in tops() {
            var segment = Segment(top: top, in: self)
            switch try beginning(of: top, isStored: isStored) {
            case .known:
                segment.place(in: self)
                segments.append(segment)
            case .afterDone(let place):
                segment.place(in: self, below: place)
                segments.append(segment)
            case .unknown: orphans.append(segment)
            }
        }
        if !orphans.isEmpty {
            var hosts = Hosts(assembly: self, segments: segments, done: done, stored: patience == .none ? try stored() : [])
            for orphan in orphans { hosts.adopt(orphan, into: &segments) }
        }
        var callers: [String: String] = [:]
        for segment in segments {
            if isDecided(segment) {
                decision.drafts += RecordDrafts(assembly: self, segment: segment).all
                decision.done += segment.members.compactMap { spans[$0] }
                decision.decided += segment.members.count
                for name in segment.members { callers[name] = segment.places[name]?.caller }
            } else if segment.isOrphan {
                decision.orphans += segment.members.compactMap { spans[$0] }
            } else {
                decision.unsettled += segment.members.compactMap { spans[$0] }
            }
        }
        decision.done += done.compactMap { spans[$0] }
        decision.done.sort { isEarlier($0.spanID, $1.spanID) }
        if decision.decided > 0 || patience == .none {
            decision.drafts += FlowSteps(assembly: self, decided: decision.done, callers: callers).drafts
        }
        return decision
    }

    // MARK: - Segments

    /// How the topmost span of a part begins.
    private enum Beginning {
        /// Nothing lies above it, or another process.
        case known
        /// Its parent was decided before.
        case afterDone(Segment.Place)
        /// Its parent has not come, and may never come.
        case unknown
    }

    private func beginning(of top: String, isStored: (String) throws -> Bool) rethrows -> Beginning {
        guard let span = spans[top], let parent = span.parentID, !span.isRemoteChild else { return .known }
        if done.contains(parent) { return .afterDone(Segment.place(ofDone: parent, in: self)) }
        if try isStored(parent) { return .afterDone(Segment.Place(outer: parent, nearest: parent)) }
        return spans[parent] == nil ? .unknown : .known
    }

    /// Undecided spans with no undecided parent in their process, in the order of time; every span lies below exactly one.
    private func tops() -> [String] {
        var reached: Set<String> = []
        var found: [String] = []
        func reach(_ top: String) {
            found.append(top)
            var stack = [top]
            while let next = stack.popLast() {
                guard reached.insert(next).inserted else { continue }
                stack += children(inProcessOf: next)
            }
        }
        let open = spans.keys.filter { !done.contains($0) }.sorted(by: isEarlier)
        for name in open where isTop(name) { reach(name) }
        // Spans that are their own ancestors have no top: the earliest of each ring is taken for it.
        for name in open where !reached.contains(name) { reach(name) }
        return found
    }

    private func isTop(_ name: String) -> Bool {
        guard let span = spans[name], let parent = span.parentID, !span.isRemoteChild else { return true }
        return spans[parent] == nil || done.contains(parent)
    }

    /// Undecided spans of the same process right below a span.
    func children(inProcessOf name: String) -> [String] {
        (children[name] ?? []).filter { !done.contains($0) && spans[$0]?.isRemoteChild == false }
    }

    /// Whether nothing need be waited for.
    private func isDecided(_ segment: Segment) -> Bool {
        if patience == .none || segment.isLate { return true }
        guard !segment.isOrphan else { return false }
        guard patience == .full else { return true }
        return segment.interactions(in: self).allSatisfy { name in
            guard let span = spans[name] else { return true }
            return span.role == .model || (span[.model] != nil && span[.cost] != nil)
        }
    }

    func isEarlier(_ a: String, _ b: String) -> Bool {
        guard let x = spans[a], let y = spans[b] else { return a < b }
        return (x.start, a) < (y.start, b)
    }
}
