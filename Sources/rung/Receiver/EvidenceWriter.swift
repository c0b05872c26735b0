import Dispatch
import RungCore
import RungEvidence
import RungImport
import RungOTLP
import RungText
import Synchronization

/// Writes what many requests want to have stored, one transaction for all that wait: each is answered when it is on disk.
///
/// A final class because the queue belongs to it; one serial queue of the system does the writing, so that nobody who waits
/// for the disk holds up those who read requests.
final class EvidenceWriter: Sendable {
    private let store: EvidenceStore
    private let actor: PrincipalID
    private let waits: TelemetryAssembler.Waits
    private let thread = DispatchQueue(label: "rung.receiver.writer")
    private let state = Mutex(State())

    /// Requests that may wait, and the bytes of all their bodies together.
    static let requestLimit = 2_048
    static let byteLimit = 128 << 20
    /// What one transaction takes at most, so that the last of many does not wait for all.
    static let groupBytes = 8 << 20
    static let groupRequests = 512
    /// Traces that are decided in one transaction.
    static let groupTraces = 2_000

    private struct Waiting {
        var request: ReceivedRequest
        var answer: CheckedContinuation<ReceivedRequest.Outcome, Never>
    }

    private struct State {
        var waiting: [Waiting] = []
        var bytes = 0
        var isWriting = false
        var counts = ReceiverCounts()
    }

    init(store: EvidenceStore, actor: PrincipalID, waits: TelemetryAssembler.Waits) {
        self.store = store
        self.actor = actor
        self.waits = waits
    }

    /// What came and what became of it since the start.
    var counts: ReceiverCounts { state.withLock { $0.counts } }

    /// Waits until the request is on disk, or is known not to be.
    func store(_ request: ReceivedRequest) async -> ReceivedRequest.Outcome {
        await withCheckedContinuation { continuation in
            let (isTaken, mustStart) = state.withLock { state -> (Bool, Bool) in
                guard state.waiting.count < Self.requestLimit, state.bytes + request.bytes <= Self.byteLimit else {
                    state.counts.busy += 1
                    return (false, false)
                }
                state.waiting.append(Waiting(request: request, answer: continuation))
                state.bytes += request.bytes
                defer { state.isWriting = true }
                return (true, !state.isWriting)
            }
            if !isTaken { continuation.resume(returning: .busy) }
            if mustStart { thread.async { self.drain() } }
        }
    }

    /// Decides the traces that have been quiet for long enough, some in each transaction, so that requests get their turn.
    func settle() async { await settle(waits) }

    /// Decides everything that hangs together now; what lacks a parent goes on waiting, also for the next start.
    func settleAtEnd() async { await settle(.init(settling: 0, parents: waits.parents)) }

    private func settle(_ waits: TelemetryAssembler.Waits) async {
        var count = Self.groupTraces
        while count >= Self.groupTraces {
            count = await withCheckedContinuation { continuation in
                thread.async { continuation.resume(returning: self.settleNow(waits)) }
            }
        }
    }

    // MARK: - On the writing thread

    private func drain() {
        guard let group = nextGroup() else { return }
        let outcomes = write(group.map(\.request))
        for (waiting, outcome) in zip(group, outcomes) { waiting.answer.resume(returning: outcome) }
        // Others who wait for the thread come first.
        thread.async { self.drain() }
    }

    /// The next requests that go into one transaction; nil when none waits.
    private func nextGroup() -> [Waiting]? {
        state.withLock { state in
            var count = 0
            var bytes = 0
            while count < state.waiting.count, count < Self.groupRequests, count == 0 || bytes < Self.groupBytes {
                bytes += state.waiting[count].request.bytes
                count += 1
            }
            guard count > 0 else {
                state.isWriting = false
                return nil
            }
            let group = Array(state.waiting[..<count])
            state.waiting.removeFirst(count)
            state.bytes -= bytes
            return group
        }
    }

    private func write(_ group: [ReceivedRequest]) -> [ReceivedRequest.Outcome] {
        var outcomes = [ReceivedRequest.Outcome?](repeating: nil, count: group.count)
        // Telemetry of all senders shares a transaction; records that stand or fall together have one of their own.
        let telemetry = group.indices.filter { if case .telemetry = group[$0].content { true } else { false } }
        for (index, outcome) in zip(telemetry, writeTelemetry(telemetry.map { group[$0] })) { outcomes[index] = outcome }
        for index in group.indices {
            guard case .evidence(let drafts) = group[index].content else { continue }
            outcomes[index] = writeEvidence(drafts, group[index].source)
        }
        return outcomes.map { $0 ?? .failed("the request was not looked at") }
    }

    private func writeTelemetry(_ group: [ReceivedRequest]) -> [ReceivedRequest.Outcome] {
        guard !group.isEmpty else { return [] }
        do {
            var tally = TelemetryTally()
            let outcomes = try store.takeIn(from: "receiver", actor: actor) { intake in
                try group.map { try take($0, into: intake, &tally) }
            }
            state.withLock { $0.counts.add(tally, requests: group.count) }
            return outcomes
        } catch {
            state.withLock { $0.counts.fail("\(error)", requests: group.count) }
            return group.map { _ in .failed("\(error)") }
        }
    }

    private func take(
        _ request: ReceivedRequest, into intake: EvidenceIntake, _ tally: inout TelemetryTally
    ) throws -> ReceivedRequest.Outcome {
        guard case .telemetry(let batch) = request.content else { return .failed("the request holds no telemetry") }
        do {
            try intake.begin(request.source)
        } catch let error as EvidenceError where error.kind == .unauthenticated {
            return .forbidden
        }
        let before = intake.refusals
        var assembler = TelemetryAssembler(stage: intake, of: .receiver(request.source), waits: waits)
        try assembler.take(batch)
        tally.add(assembler.tally)
        let left = intake.refusals - before
        let reasons = assembler.tally.reasons.keys.sorted() + (left > 0 ? [intake.lastRefusal ?? "a record was refused"] : [])
        return .stored(refused: assembler.tally.refused + left, reason: reasons.joined(separator: "; "))
    }

    private func writeEvidence(_ drafts: [EvidenceDraft], _ source: SourceID?) -> ReceivedRequest.Outcome {
        do {
            let report = try store.importRecords(from: "request", source: source, actor: actor) { sink in
                for draft in drafts { try sink.append(draft) }
            }
            state.withLock { $0.counts.requests += 1 }
            return .recorded(report.json)
        } catch let invalid as InvalidInput {
            return .wrong(invalid.diagnostics)
        } catch let error as EvidenceError where error.kind == .unauthenticated {
            return .forbidden
        } catch {
            state.withLock { $0.counts.fail("\(error)", requests: 1) }
            return .failed("\(error)")
        }
    }

    /// How many traces were looked at.
    private func settleNow(_ waits: TelemetryAssembler.Waits) -> Int {
        do {
            return try store.takeIn(from: "receiver", actor: actor) { intake in
                try TelemetryAssembler.settle(stage: intake, waits: waits, limit: Self.groupTraces) { source in
                    do {
                        try intake.begin(source)
                    } catch let error as EvidenceError where error.kind == .unauthenticated {
                        // It was taken in while the source was good; nobody vouches for it now.
                        try intake.begin(nil)
                    }
                }
            }
        } catch {
            state.withLock { $0.counts.fail("\(error)", requests: 0) }
            return 0
        }
    }
}
