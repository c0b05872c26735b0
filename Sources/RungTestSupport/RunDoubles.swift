public import RungCore
internal import RungCrypto
internal import RungText
internal import Synchronization

/// Scenarios in memory.
public struct MemoryScenarios: ScenarioSource {
    public let scenarios: [Scenario]

    public init(_ scenarios: [Scenario]) { self.scenarios = scenarios }

    public var count: Int { scenarios.count }

    public func scenarios(in range: Range<Int>) throws -> [Scenario] { Array(scenarios[range]) }
}

/// A transport that answers with what a closure says.
public struct ScriptedTransport: AgentTransport {
    private let answer: @Sendable (TrialRequest) async throws(TrialFault) -> Transcript

    public init(_ answer: @escaping @Sendable (TrialRequest) async throws(TrialFault) -> Transcript) { self.answer = answer }

    public func perform(_ request: TrialRequest) async throws(TrialFault) -> Transcript { try await answer(request) }

    public func close() async {}
}

/// Holds when the answer is the given text.
public struct AnswerGrader: Grader {
    public let expected: String

    public init(_ expected: String) { self.expected = expected }

    public func judge(_ subject: GradingSubject) -> Judgement {
        let actual = subject.transcript.answer
        return Judgement(.holds(actual == expected), "answer", expected: expected, actual: actual)
    }
}

/// Remembers every event, or fails when told to.
public final class RememberingObserver: RunObserver {
    public let name: String
    public let isEssential: Bool
    private let failAt: (@Sendable (RunEvent) -> Bool)?
    private let remembered = Mutex<[RunEvent]>([])

    /// The failure of an observer that was told to fail.
    public struct Refusal: Error, CustomStringConvertible {
        public var description: String { "refused" }
    }

    public init(name: String = "memory", isEssential: Bool = false, failAt: (@Sendable (RunEvent) -> Bool)? = nil) {
        self.name = name
        self.isEssential = isEssential
        self.failAt = failAt
    }

    public var events: [RunEvent] { remembered.withLock { $0 } }

    public var cases: [CaseResult] {
        events.compactMap { if case .caseFinished(let result) = $0 { result } else { nil } }
    }

    public var trials: [TrialResult] {
        events.compactMap { if case .trialFinished(let result) = $0 { result } else { nil } }
    }

    public func handle(_ events: [RunEvent]) throws {
        for event in events {
            if let failAt, failAt(event) { throw Refusal() }
            remembered.withLock { $0.append(event) }
        }
    }
}

/// Finished trials in memory.
public struct MemoryTrials: FinishedTrials {
    private let trials: [TrialResult]

    public init(_ trials: [TrialResult]) {
        self.trials = trials.map { trial in
            var trial = trial
            trial.isResumed = true
            return trial
        }
    }

    public var count: Int { trials.count }

    public func results(ofCase caseIndex: Int) throws -> [TrialResult] { trials.filter { $0.caseIndex == caseIndex } }
}

extension Scenario {
    /// A scenario that wants the answer `expected`.
    public static func wanting(_ expected: String, id: String) -> Scenario {
        var scenario = Scenario(
            id: CaseID(id), input: .string(id), digest: SHA256Hasher.digest(of: id), location: SourceLocation(file: "s.jsonl", line: 1))
        scenario.graders = [
            GraderBinding(
                name: "answer", kind: "answer", version: "1", role: .verdict, isNegated: false, grader: AnswerGrader(expected))
        ]
        return scenario
    }
}
