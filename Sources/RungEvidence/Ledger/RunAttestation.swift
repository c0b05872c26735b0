public import RungCore
import RungCrypto
public import RungLedger
import RungText

/// A recorded run as claims that can be signed and checked without the store: in-toto statements.
public enum RunAttestation {
    /// The predicate of the gate's decision, which `shape` describes.
    public static let gatePredicate = "https://rung.dev/attestation/gate/v1"
    /// The predicate for test results that other tools know.
    public static let testPredicate = "https://in-toto.io/attestation/test-result/v0.1"
    /// Above this many cases the test result names none of them; the gate's predicate has their counts.
    public static let namedCases = 10_000

    /// The two statements about a run: test result, then gate.
    ///
    /// - Parameters:
    ///   - summary: what the run came to.
    ///   - cases: its cases in order; only looked at when there are at most `namedCases`.
    ///   - checkpoint: the head of the ledger that holds the run.
    public static func statements(
        of summary: RunSummary, cases: [RecordedCase], under checkpoint: Checkpoint
    ) -> [InTotoStatement] {
        let subjects = subjects(of: summary.header)
        return [
            InTotoStatement(subjects: subjects, predicateType: testPredicate, predicate: testResult(summary, cases)),
            InTotoStatement(subjects: subjects, predicateType: gatePredicate, predicate: gate(summary, checkpoint)),
        ]
    }

    /// Prompt versions and configurations that were tested; the plan where the run knows neither.
    private static func subjects(of header: RunHeader) -> [InTotoStatement.Subject] {
        var subjects: [InTotoStatement.Subject] = []
        func add(_ name: String, _ digest: Digest?) {
            guard let digest else { return }
            let subject = InTotoStatement.Subject(name: name, sha256: digest.hex)
            if !subjects.contains(subject) { subjects.append(subject) }
        }
        for subject in header.suites.flatMap(\.subjects) {
            add("prompt of \(subject.agent)", subject.promptVersion)
            add("configuration of \(subject.agent)", subject.configuration)
        }
        if subjects.isEmpty { add("plan of \(header.id)", header.planDigest) }
        return subjects
    }

    // MARK: - Test result

    /// An inconclusive gate is no pass, and the predicate has no word for it but FAILED: WARNED would let it through.
    private static func testResult(_ summary: RunSummary, _ cases: [RecordedCase]) -> JSONValue {
        let isPassed = summary.gate.decision == .pass && summary.status == .complete
        let suites = summary.header.suites.map { InTotoStatement.Subject(name: $0.id.rawValue, sha256: $0.digest.hex).json }
        var members: [JSONValue.Member] = [
            .init("result", isPassed ? "PASSED" : "FAILED"), .init("configuration", .array(suites)),
        ]
        if summary.total.verdicts.total <= namedCases {
            func names(_ verdicts: Set<Verdict>) -> JSONValue {
                .array(cases.filter { verdicts.contains($0.verdict) }.map { .string($0.key.description) })
            }
            members += [
                .init("passedTests", names([.passed])), .init("warnedTests", names([.quarantined])),
                .init("failedTests", names([.failed, .errored, .unscored])),
            ]
        }
        return .object(members)
    }

    // MARK: - Gate

    private static func gate(_ summary: RunSummary, _ checkpoint: Checkpoint) -> JSONValue {
        let header = summary.header
        return [
            "run": [
                "id": .string(header.id.rawValue), "startedAt": .string(header.startedAt.description),
                "finishedAt": .string(summary.finishedAt.description), "status": .string(summary.status.word),
                "planDigest": .string(header.planDigest.description), "seed": .string(String(header.seed)),
                "selection": header.filter.map { .string($0) } ?? .null, "baseline": header.baseline.map { .string($0) } ?? .null,
            ],
            "decision": .string(summary.gate.decision.rawValue),
            "reasons": .array(summary.gate.reasons.map { .string($0) }),
            "newlyFailing": .array(summary.gate.newlyFailing.map { .string($0.description) }),
            "newlyPassing": .array(summary.gate.newlyPassing.map { .string($0.description) }),
            "result": json(summary.total),
            "suites": .array(
                summary.suites.map { suite in
                    [
                        "id": .string(suite.header.id.rawValue), "digest": .string(suite.header.digest.description),
                        "decision": .string(suite.gate.decision.rawValue), "result": json(suite.tally),
                    ]
                }),
            "ledger": [
                "origin": .string(checkpoint.origin), "size": .int(checkpoint.size), "root": .string(checkpoint.root.description),
            ],
        ]
    }

    private static func json(_ tally: Tally) -> JSONValue {
        [
            "verdicts": .object(Verdict.allCases.map { JSONValue.Member($0.rawValue, .int(tally.verdicts[$0])) }),
            "cases": .int(tally.verdicts.total), "counted": .int(tally.counted), "trials": .int(tally.trials),
            "erroredTrials": .int(tally.erroredTrials), "unstable": .int(tally.unstable),
            "passRate": tally.passRate.map(json) ?? .null, "passAtK": .array(tally.passAtK.map { .double($0) }),
            "passHatK": .array(tally.passHatK.map { .double($0) }),
        ]
    }

    private static func json(_ rate: PassRate) -> JSONValue {
        [
            "estimate": .double(rate.estimate), "low": .double(rate.low), "high": .double(rate.high), "method": .string(rate.method),
            "n": .int(rate.n), "effectiveN": rate.effectiveN.map { .double($0) } ?? .null,
        ]
    }
}
