import RungCore
import RungText

/// Finds where spans belong whose parent is missing: to an agent of the same service that ran all the while.
struct Hosts {
    private let assembly: TraceAssembly
    /// Agent spans that are undecided, with the index of their segment.
    private var open: [(name: String, segment: Int)] = []
    /// Agent spans that were decided before.
    private let done: [String]
    /// Interactions of the trace of which nothing is held any more.
    private let stored: [StoredInteraction]

    init(assembly: TraceAssembly, segments: [Segment], done: Set<String>, stored: [StoredInteraction]) {
        self.assembly = assembly
        self.stored = stored
        self.done = done.filter { assembly.spans[$0]?.role == .agent }.sorted(by: assembly.isEarlier)
        for index in segments.indices { note(segments[index], at: index) }
    }

    private mutating func note(_ segment: Segment, at index: Int) {
        for name in segment.members where assembly.spans[name]?.role == .agent { open.append((name, index)) }
    }

    /// Adds an orphan to the segment that it belongs to; where none is found, it becomes a segment that waits.
    mutating func adopt(_ orphan: Segment, into segments: inout [Segment]) {
        guard let top = assembly.spans[orphan.top] else { return }
        var orphan = orphan
        if let host = open.last(where: { encloses($0.name, top) }), let place = segments[host.segment].places[host.name] {
            orphan.place(in: assembly, below: place)
            note(orphan, at: host.segment)
            return segments[host.segment].take(orphan)
        }
        if let host = done.last(where: { encloses($0, top) }) {
            orphan.place(in: assembly, below: Segment.place(ofDone: host, in: assembly))
        } else if let host = stored.first(where: { $0.encloses(top) }) {
            orphan.place(in: assembly, below: Segment.Place(outer: host.spanID, nearest: host.spanID))
        } else {
            orphan.place(in: assembly)
            orphan.isOrphan = true
        }
        note(orphan, at: segments.count)
        segments.append(orphan)
    }

    private func encloses(_ name: String, _ top: SpanFacts) -> Bool {
        guard let span = assembly.spans[name] else { return false }
        return span.service == top.service && span.encloses(top)
    }
}

extension StoredInteraction {
    /// The span that it was made from.
    fileprivate var spanID: String { String(id.drop { $0 != ":" }.dropFirst()) }

    /// Whether a span began and ended within it, to the second.
    fileprivate func encloses(_ span: SpanFacts) -> Bool {
        let begin = Int64(clamping: span.start / 1_000_000_000)
        let end = Int64(clamping: span.end / 1_000_000_000)
        let length = Int64((latencyMs ?? 0) / 1_000) + 1
        return at.seconds <= begin && end <= at.seconds + length
    }
}
