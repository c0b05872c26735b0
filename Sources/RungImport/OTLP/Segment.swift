/// Spans of one trace that hang together in one process, and where each stands among the agents.
struct Segment {
    let top: String
    /// The undecided spans, each parent before its children.
    private(set) var members: [String]
    /// By span.
    private(set) var places: [String: Place] = [:]
    /// Model calls by the interaction that they belong to.
    private var modelCalls: [String: [String]] = [:]
    /// Whether it hangs on spans that were decided before, so that there is nothing to wait for.
    var isLate = false
    /// Whether its parent is missing.
    var isOrphan = false

    /// The agents around a span; the span itself counts when it is one.
    struct Place {
        /// The outermost agent span; nil when there is none.
        var outer: String?
        /// The nearest agent span.
        var nearest: String?
        /// The nearest agent span above it.
        var caller: String?
    }

    init(top: String, in assembly: TraceAssembly) {
        self.top = top
        members = []
        var seen: Set<String> = []
        var stack = [top]
        while let name = stack.popLast() {
            guard seen.insert(name).inserted else { continue }
            members.append(name)
            stack += assembly.children(inProcessOf: name).reversed()
        }
    }

    /// Finds the agents around each span.
    mutating func place(in assembly: TraceAssembly) { place(in: assembly, below: Place(), isLate: false) }

    /// The same for spans that hang below others.
    mutating func place(in assembly: TraceAssembly, below place: Place) { self.place(in: assembly, below: place, isLate: true) }

    private mutating func place(in assembly: TraceAssembly, below above: Place, isLate: Bool) {
        self.isLate = isLate
        for name in members {
            guard let span = assembly.spans[name] else { continue }
            var place = name == top ? above : span.parentID.flatMap { places[$0] } ?? above
            place.caller = place.nearest
            if span.role == .agent {
                place.nearest = name
                place.outer = place.outer ?? name
            }
            places[name] = place
            if span.role == .model { modelCalls[place.outer ?? name, default: []].append(name) }
        }
    }

    /// Takes over the spans of a part that hangs below an agent of this one.
    mutating func take(_ part: Segment) {
        members += part.members
        places.merge(part.places) { own, _ in own }
        modelCalls.merge(part.modelCalls) { $0 + $1 }
    }

    /// The agents around a span that was decided before, as far as its parents are known.
    static func place(ofDone name: String, in assembly: TraceAssembly) -> Place {
        var place = Place()
        var seen: Set<String> = []
        var next: String? = name
        while let current = next, let span = assembly.spans[current], seen.insert(current).inserted {
            if span.role == .agent {
                place.nearest = place.nearest ?? current
                place.outer = current
            }
            next = span.isRemoteChild ? nil : span.parentID
        }
        return place
    }

    // MARK: - Interactions

    /// The spans that are interactions: outermost agents, and model calls without an agent.
    func interactions(in assembly: TraceAssembly) -> [String] {
        members.filter { name in
            switch assembly.spans[name]?.role {
            case .agent: places[name]?.outer == name
            case .model: places[name]?.outer == nil
            default: false
            }
        }
    }

    /// Model calls within an interaction, in the order of time; the interaction itself when it is one.
    func models(of interaction: String, in assembly: TraceAssembly) -> [SpanFacts] {
        (modelCalls[interaction] ?? []).sorted(by: assembly.isEarlier).compactMap { assembly.spans[$0] }
    }

    /// The model that answered: the interaction's own word, or that of its last model call.
    func model(of interaction: String, in assembly: TraceAssembly) -> String? {
        assembly.spans[interaction]?[.model] ?? models(of: interaction, in: assembly).last { $0[.model] != nil }?[.model]
    }
}
