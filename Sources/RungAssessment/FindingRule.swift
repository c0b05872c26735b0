public import RungCore

/// Answers one criterion from what its measure returned: value, credit, caps, band, and sentences that say how.
public enum FindingRule {
    /// The answers to all criteria, in the order of the rubric; a criterion without an outcome is an error of its own.
    ///
    /// - Parameters:
    ///   - assumed: values that take the place of what was measured, in the measure's own unit, a share as 0…1.
    ///   - exceptions: what people have agreed on about single criteria.
    public static func findings(
        for rubric: Rubric, outcomes: [CriterionID: MeasureOutcome], assuming assumed: [CriterionID: Double] = [:],
        exceptions: CriterionExceptions = CriterionExceptions()
    ) -> AssessedFindings {
        capped(supposing(assumed, measured(for: rubric, outcomes: outcomes, exceptions: exceptions)))
    }

    /// A criterion with its answer, before prerequisites are looked at.
    typealias Answer = (criterion: Criterion, finding: Finding)

    /// The answers one by one, in the order of the rubric.
    static func measured(
        for rubric: Rubric, outcomes: [CriterionID: MeasureOutcome], exceptions: CriterionExceptions
    ) -> [Answer] {
        let missing = MeasureOutcome.failed(MeasureFailure("the measure was not run"))
        return rubric.criteria.map { criterion in
            (criterion, finding(for: criterion, outcome: outcomes[criterion.id] ?? missing, exceptions: exceptions))
        }
    }

    /// The answers with what is supposed in place of what was measured.
    static func supposing(_ assumed: [CriterionID: Double], _ measured: [Answer]) -> [Answer] {
        guard !assumed.isEmpty else { return measured }
        return measured.map { answer in
            (answer.criterion, assumed[answer.criterion.id].map { assumption(answer.criterion, $0) } ?? answer.finding)
        }
    }

    /// The answers with what unmet prerequisites leave of them.
    static func capped(_ measured: [Answer]) -> AssessedFindings {
        let byID = Dictionary(measured.map { ($0.0.id, $0.1) }) { first, _ in first }
        var result = AssessedFindings(all: [], heldBack: [])
        for (criterion, finding) in measured {
            let prerequisites = criterion.prerequisites.compactMap { byID[$0] }
            var capped = capped(finding, by: prerequisites)
            // Of a prerequisite that is unknown nobody can say that it is not met.
            capped.high = prerequisites.contains { $0.band != .notApplicable && $0.high < 0.5 } ? min(finding.high, 0.5) : finding.high
            result.alone[finding.criterion] = finding.credit
            if finding.band == .full, capped.band != .full { result.heldBack.insert(finding.criterion) }
            result.all.append(capped)
        }
        return result
    }

    /// The answer to one criterion by itself, before its prerequisites are looked at.
    ///
    /// - Parameter exceptions: an approved statement that it does not apply counts where the evidence agrees.
    public static func finding(
        for criterion: Criterion, outcome: MeasureOutcome, exceptions: CriterionExceptions = CriterionExceptions()
    ) -> Finding {
        switch outcome {
        case .failed(let failure): return unmeasured(criterion, failure)
        case .answered(let answer):
            do throws(MeasureFailure) {
                var finding = try finding(for: criterion, answer)
                finding.basis = answer.basis
                applyNote(to: &finding, criterion, answer, exceptions)
                finding.bestClass = EvidenceRule.bestClass(of: answer.basis, for: criterion)
                finding = applying(EvidenceRule.caps(on: finding, for: criterion), to: finding)
                if CreditScale.bands.contains(finding.band) { finding.high = finding.credit }
                return finding
            } catch {
                return unmeasured(criterion, error)
            }
        }
    }

    /// The most that is left of a credit by a prerequisite that is not met.
    static let prerequisiteLimit = 0.5

    /// A prerequisite below partial, or unknown, leaves half the credit at most; one that does not apply counts as met.
    public static func capped(_ finding: Finding, by prerequisites: [Finding]) -> Finding {
        let caps = prerequisites.filter { !isMet($0.band) }.map { CreditCap(limit: prerequisiteLimit, reason: heldBackText(by: $0)) }
        return applying(caps, to: finding)
    }

    /// Whether a prerequisite with this band leaves its dependants alone.
    static func isMet(_ band: Band) -> Bool {
        switch band {
        case .full, .partial, .notApplicable: true
        case .none, .insufficient, .error: false
        }
    }

    // MARK: - One measure

    /// Without a population a criterion does not apply when somebody has approved that it does not and the evidence agrees.
    private static func applyNote(
        to finding: inout Finding, _ criterion: Criterion, _ answer: MeasureAnswer, _ exceptions: CriterionExceptions
    ) {
        guard finding.band == .insufficient, finding.total == 0, let isApplicable = answer.isApplicable else { return }
        let note = exceptions.notes.last { $0.criterion == criterion.id }
        finding.reasons.append(noteText(note, isApplicable: isApplicable))
        guard note != nil, !isApplicable else { return }
        finding.band = .notApplicable
        finding.high = 0
    }

    private static func finding(for criterion: Criterion, _ answer: MeasureAnswer) throws(MeasureFailure) -> Finding {
        let measure = criterion.measure
        let minimum = max(1, measure.minimumPopulation)
        let current = try PooledMeasure(answer.rows, measure)
        if current.total >= minimum { return banded(criterion, current, answer, caps: []) }
        if measure.detector != nil { return scarce(criterion, current, answer) }
        guard current.total == 0 else { return insufficient(criterion, current) }
        let previous = try PooledMeasure(answer.previous, measure)
        guard previous.total >= minimum else { return insufficient(criterion, current) }
        var stale = banded(criterion, previous, answer, caps: [CreditCap(limit: 0.5, reason: staleText(measure))])
        stale.freshness = .stale
        return stale
    }

    /// Credit and band of a population that is large enough.
    private static func banded(
        _ criterion: Criterion, _ pooled: PooledMeasure, _ answer: MeasureAnswer, caps: [CreditCap]
    ) -> Finding {
        let scale = CreditScale(criterion.measure)
        var finding = empty(criterion, pooled)
        finding.credit = scale.credit(of: pooled) ?? 0
        finding.band = CreditScale.band(of: finding.credit)
        finding.reasons = [valueText(criterion.measure, pooled)]
        if answer.windows > 1 { finding.reasons.append(lookBackText(criterion.measure, answer.windows)) }
        if let bound = scale.sampleBound(of: pooled), bound < criterion.measure.partial {
            finding.reasons.append(sampleText(criterion.measure, pooled, bound))
        }
        finding = applying(caps, to: finding)
        finding.high = finding.credit
        return finding
    }

    /// Events that are too few even after the look-back: nothing happened, or nobody looked.
    private static func scarce(_ criterion: Criterion, _ pooled: PooledMeasure, _ answer: MeasureAnswer) -> Finding {
        var finding = empty(criterion, pooled)
        let isBelieved = (answer.detectorClass ?? .a) < .d
        let ran = answer.detectorRan == true && isBelieved
        finding.band = ran ? .notApplicable : .insufficient
        finding.high = ran ? 0 : 1
        finding.reasons = [scarceText(criterion.measure, pooled, answer.windows, detectorRan: ran)]
        if !isBelieved { finding.reasons.append(disbeliefText) }
        return finding
    }

    private static func insufficient(_ criterion: Criterion, _ pooled: PooledMeasure) -> Finding {
        var finding = empty(criterion, pooled)
        finding.band = .insufficient
        finding.high = 1
        finding.reasons = [insufficientText(criterion.measure, pooled)]
        return finding
    }

    /// A finding as it would be with this value, on fresh evidence that somebody vouches for.
    private static func assumption(_ criterion: Criterion, _ value: Double) -> Finding {
        var finding = empty(criterion, nil)
        finding.value = value
        finding.credit = CreditScale(criterion.measure).credit(of: value)
        finding.high = finding.credit
        finding.band = CreditScale.band(of: finding.credit)
        finding.freshness = .fresh
        finding.sufficiency = 1
        finding.reasons = [assumptionText(criterion.measure, value)]
        return finding
    }

    private static func unmeasured(_ criterion: Criterion, _ failure: MeasureFailure) -> Finding {
        var finding = empty(criterion, nil)
        finding.band = .error
        finding.high = 1
        finding.freshness = .missing
        finding.reasons = ["the measure failed: \(failure.reason)"]
        return finding
    }

    private static func empty(_ criterion: Criterion, _ pooled: PooledMeasure?) -> Finding {
        Finding(
            criterion: criterion.id, stage: criterion.stage, dimension: criterion.dimension, isKey: criterion.isKey,
            title: criterion.title, band: .insufficient, credit: 0, value: pooled?.value, satisfied: pooled?.satisfied ?? 0,
            total: pooled?.total ?? 0, failing: pooled?.failing ?? [], reasons: [],
            freshness: pooled.map { $0.total > 0 } == true ? .fresh : .missing,
            sufficiency: min(1, Double(pooled?.total ?? 0) / Double(max(1, criterion.measure.minimumPopulation))))
    }

    // MARK: - Caps

    /// Lowers the credit to the lowest cap and says every reason; the band follows the credit.
    ///
    /// Findings without a credit (unknown, not applicable) stay as they are.
    private static func applying(_ caps: [CreditCap], to finding: Finding) -> Finding {
        guard CreditScale.bands.contains(finding.band) else { return finding }
        var capped = finding
        for cap in caps {
            capped.credit = min(capped.credit, cap.limit)
            capped.reasons.append(cap.reason)
        }
        capped.band = CreditScale.band(of: capped.credit)
        return capped
    }
}

/// An upper limit on a credit, and the sentence that explains it.
struct CreditCap {
    /// 0…1.
    let limit: Double
    /// Said whether or not the limit lowers the credit: it would, if the measure were better.
    let reason: String
}

/// The answers to all criteria of a rubric.
public struct AssessedFindings: Sendable, Equatable {
    /// In the order of the rubric.
    public var all: [Finding]
    /// Criteria that would be full but for a prerequisite: mending that is all they need.
    public var heldBack: Set<CriterionID>
    /// The credit of each before its prerequisites were looked at.
    public var alone: [CriterionID: Double] = [:]

    /// Findings with those that only wait for a prerequisite.
    public init(all: [Finding], heldBack: Set<CriterionID>) {
        self.all = all
        self.heldBack = heldBack
    }
}
