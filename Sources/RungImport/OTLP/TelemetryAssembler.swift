public import RungCore
public import RungOTLP
import RungText

/// Turns telemetry into records of evidence, and holds spans until it is known what they mean.
///
/// Names of records come from trace and span, so that the same telemetry gives the same records in whatever pieces it comes
/// and however often.
public struct TelemetryAssembler {
    /// What came and what was made of it so far.
    public private(set) var tally = TelemetryTally()
    private let stage: any EvidenceStage
    private let stream: Stream
    private let waits: Waits

    /// What the telemetry is a part of.
    public enum Stream: Sendable, Equatable {
        /// An endless one, of which more may always come, from a source that proved who it is; nil for anybody.
        ///
        /// The traces of two sources never mix.
        case receiver(SourceID?)
        /// A file, which has an end; what waits in it is kept apart from what waits elsewhere.
        case file
    }

    /// How long spans may wait for the rest of their trace.
    public struct Waits: Sendable, Equatable {
        /// Seconds without news after which a trace whose spans hang together is complete.
        public var settling: Int64
        /// Seconds without news after which a missing parent will not come.
        public var parents: Int64

        public init(settling: Int64 = 10, parents: Int64 = 600) {
            self.settling = settling
            self.parents = parents
        }
    }

    /// Seconds that the clock of a sender may be ahead.
    static let clockTolerance: Int64 = 300
    /// Spans of one trace that are held; when there are more, they are decided as they are.
    static let traceLimit = 5_000

    public init(stage: any EvidenceStage, of stream: Stream, waits: Waits = Waits()) {
        self.stage = stage
        self.stream = stream
        self.waits = waits
    }

    /// Takes in what one request held.
    public mutating func take(_ batch: TelemetryBatch) throws {
        tally.spans += batch.spans.count + batch.refusals.count
        tally.logs += batch.logs.count
        tally.metrics += batch.metrics
        if batch.metrics > 0 { tally.ignore("metrics", count: batch.metrics) }
        for refusal in batch.refusals { tally.refuse(refusal.reason) }
        var traces: [(id: String, spans: [SpanFacts])] = []
        var index: [String: Int] = [:]
        let latest = UInt64(max(0, stage.now.seconds + Self.clockTolerance)) * 1_000_000_000
        for telemetry in batch.spans {
            guard let reason = Self.problem(telemetry, latest) else {
                let span = SpanFacts(telemetry)
                tally.count(span, of: telemetry)
                if let known = index[telemetry.traceID] {
                    traces[known].spans.append(span)
                } else {
                    index[telemetry.traceID] = traces.count
                    traces.append((telemetry.traceID, [span]))
                }
                continue
            }
            tally.refuse(reason)
        }
        for trace in traces { try decide(trace.id, arrived: trace.spans, .full) }
        for log in batch.logs { try take(log, latest) }
    }

    /// Decides traces of all sources that have been quiet for long enough; at most `limit` of each kind.
    ///
    /// - Parameter begin: told whose records follow, before they do.
    /// - Returns: how many traces were decided or looked at.
    @discardableResult
    public static func settle(
        stage: any EvidenceStage, waits: Waits = Waits(), limit: Int = 1_000, begin: (SourceID?) throws -> Void
    ) throws -> Int {
        guard try stage.holdsAnything else { return 0 }
        let now = stage.now
        func groups(_ state: HeldState, _ seconds: Int64) throws -> [String] {
            try stage.groups(holding: state.rawValue, since: now.adding(seconds: -seconds), limit: limit)
        }
        let quiet = try groups(.unsettled, waits.settling)
        let lone = try groups(.orphaned, waits.parents) + groups(.decided, waits.parents)
        var count = 0
        for (names, patience) in [(quiet, TraceAssembly.Patience.forParents), (Set(lone).sorted(), .none)] {
            for name in names {
                guard let (source, trace) = sender(of: name) else { continue }
                try begin(source)
                var assembler = TelemetryAssembler(stage: stage, of: .receiver(source), waits: waits)
                try assembler.decide(trace, arrived: [], patience)
                count += 1
            }
        }
        return count
    }

    /// Decides everything that still waits, because nothing more will come.
    ///
    /// - Precondition: the stream is a file.
    public mutating func finish() throws {
        precondition(stream == .file, "a stream without end is not finished")
        for state in HeldState.allCases {
            while true {
                let groups = try stage.groups(holding: name(of: state), since: stage.now, limit: 1_000)
                for group in groups { try decide(String(group.dropFirst(prefix.count)), arrived: [], .none) }
                if groups.isEmpty { break }
            }
        }
    }

    private static func problem(_ span: TelemetrySpan, _ latest: UInt64) -> String? {
        if span.startNanoseconds == 0 { return "a span has no start time" }
        return span.startNanoseconds > latest ? "a span begins later than now" : nil
    }

    // MARK: - Traces

    /// Why pieces of a trace are held; the names of the pieces.
    enum HeldState: String, CaseIterable {
        case unsettled, orphaned, decided
    }

    /// In front of the groups of the stream; a source's name has neither of the two marks in it.
    private var prefix: String {
        switch stream {
        case .file: "file:"
        case .receiver(let source): (source?.rawValue ?? "") + "/"
        }
    }

    /// Who sent the trace that is held as this group, and the trace.
    private static func sender(of group: String) -> (source: SourceID?, trace: String)? {
        guard let mark = group.firstIndex(of: "/") else { return nil }
        let source = group[..<mark]
        return (source.isEmpty ? nil : SourceID(String(source)), String(group[group.index(after: mark)...]))
    }

    /// What a piece is called; those of files are found apart from the others.
    private func name(of state: HeldState) -> String { stream == .file ? "file:" + state.rawValue : state.rawValue }

    private mutating func decide(_ trace: String, arrived: [SpanFacts], _ patience: TraceAssembly.Patience) throws {
        let group = prefix + trace
        let held = try stage.holdsAnything ? stage.held(in: group) : []
        // Spans of other things alone say nothing; they are not kept.
        if held.isEmpty, arrived.allSatisfy({ $0.role == .plain }) { return }
        var spans: [HeldState: [SpanFacts]] = [:]
        for piece in held {
            guard let state = HeldState.allCases.first(where: { name(of: $0) == piece.name }) else { continue }
            spans[state] = try JSONReader.read(piece.content).array?.compactMap(SpanFacts.init) ?? []
        }
        let waiting = (spans[.unsettled] ?? []) + (spans[.orphaned] ?? [])
        let decided = spans[.decided] ?? []
        let isTooLong = waiting.count + arrived.count + decided.count > Self.traceLimit
        let assembly = TraceAssembly(
            traceID: trace, arrived: arrived, waiting: waiting, done: decided, patience: isTooLong ? .none : patience)
        tally.duplicates += assembly.duplicates
        let decision = try assembly.decide(
            isStored: { try stage.hasInteraction("\(trace):\($0)") },
            stored: { try stage.interactions(beginning: "\(trace):", limit: Self.traceLimit) })
        for draft in decision.drafts { try stage.append(noLater(draft)) }
        if !held.isEmpty { try stage.release(group) }
        try hold(decision.unsettled, .unsettled, group)
        try hold(decision.orphans, .orphaned, group)
        guard !isTooLong, patience != .none, needsMemory(decision.done) else { return }
        try hold(decision.done, .decided, group)
    }

    /// Whether the trace may be a flow of several agents, whose steps are told together.
    private func needsMemory(_ done: [SpanFacts]) -> Bool {
        done.contains { $0.isRemoteChild || $0.role == .workflow || $0[.flow] != nil } || done.count { $0.role == .agent } > 1
    }

    private func hold(_ spans: [SpanFacts], _ state: HeldState, _ group: String) throws {
        guard !spans.isEmpty else { return }
        let content = JSONText.compact(.array(spans.map(\.json)))
        try stage.hold(HeldPiece(group: group, name: name(of: state), heldAt: stage.now, content: content))
    }

    /// A sender's clock may be a little ahead; the record must not be.
    private func noLater(_ draft: EvidenceDraft) -> EvidenceDraft {
        var draft = draft
        let now = stage.now.description
        for index in draft.members.indices where draft.members[index].key == "at" {
            // Times of one form compare like their texts.
            if let text = draft.members[index].value.stringValue, text > now { draft.members[index].value = .string(now) }
        }
        return draft
    }

    // MARK: - Log records

    private mutating func take(_ log: TelemetryLog, _ latest: UInt64) throws {
        guard let event = EventDrafts.known[log.eventName] else {
            return tally.ignore(log.eventName.isEmpty ? "log record" : "event \(log.eventName)")
        }
        if log.nanoseconds == 0 || log.nanoseconds > latest {
            return tally.refuse("the event \(log.eventName) has no time, or one later than now")
        }
        switch event(log) {
        case .record(let draft): try stage.append(noLater(draft))
        case .ignored(let name): tally.ignore(name)
        case .wrong(let problem): tally.refuse("the event \(log.eventName) \(problem)")
        }
    }
}
