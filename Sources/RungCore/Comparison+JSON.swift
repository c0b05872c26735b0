public import RungText

extension Comparison {
    /// Version of the document.
    public static let formatVersion = 1

    /// The comparison for tools and for the record: the stable contract, byte-equal for equal input.
    public var json: JSONValue {
        let (effect, binary) = (self.effect, self.binary)
        let names = sources ?? .init(baseline: baseline, candidate: candidate)
        return [
            "formatVersion": .int(Self.formatVersion), "baseline": .string(names.baseline), "candidate": .string(names.candidate),
            "n": .int(n), "pairs": .int(pairs), "clustered": .bool(isClustered),
            "trials": trials.map { ["least": .int($0.lowerBound), "most": .int($0.upperBound)] } ?? .null,
            "unpaired": .array(unpaired.map { ["case": .string($0.id), "side": .string($0.side.rawValue)] }),
            "estimate": Self.number(effect?.estimate), "se": Self.number(effect?.standardError), "low": Self.number(effect?.interval.low),
            "high": Self.number(effect?.interval.high), "method": effect.map { .string($0.method.rawValue) } ?? .null,
            "pValue": Self.number(effect?.pValue), "bounds": Self.limits(effect?.bounds), "t": Self.limits(effect?.t),
            "bca": Self.limits(effect?.bca),
            "mcnemar": binary.map {
                ["b": .int($0.lost), "c": .int($0.gained), "p": .double($0.pValue), "midp": .double($0.midP)]
            } ?? .null,
            "newcombe": Self.limits(binary?.newcombe), "tango": Self.limits(binary?.tango), "power": Self.power(power),
            "policy": Self.policy(policy), "decision": .string(decision.rawValue),
            "reasons": .array(reasons.map { .string($0) }), "slices": .array(slices.map(Self.slice)),
        ]
    }

    /// Null for nothing and for what is infinite.
    private static func number(_ value: Double?) -> JSONValue { value.map { .double($0) } ?? .null }

    private static func whole(_ value: Int?) -> JSONValue { value.map { .int($0) } ?? .null }

    private static func limits(_ limits: ComparisonLimits?) -> JSONValue {
        limits.map { ["low": number($0.low), "high": number($0.high)] } ?? .null
    }

    private static func power(_ power: ComparisonPower) -> JSONValue {
        [
            "mde": number(power.detectableEffect), "nForMargin": whole(power.unitsForMargin), "furtherN": whole(power.furtherUnits),
            "trialsNeeded": whole(power.trialsNeeded),
        ]
    }

    private static func policy(_ policy: ComparisonPolicy) -> JSONValue {
        [
            "margin": .double(policy.margin), "confidence": .double(policy.confidence), "require": .string(policy.requirement.rawValue),
            // As text: readers of JSON keep 53 bits of a number.
            "minimumPairs": .int(policy.minimumPairs), "seed": .string("\(policy.seed)"), "resamples": .int(policy.resamples),
        ]
    }

    private static func slice(_ slice: ComparisonSlice) -> JSONValue {
        [
            "slice": .string(slice.name), "n": .int(slice.n), "pairs": .int(slice.pairs), "estimate": .double(slice.effect.estimate),
            "se": number(slice.effect.standardError), "low": number(slice.effect.interval.low), "high": number(slice.effect.interval.high),
            "method": .string(slice.effect.method.rawValue), "pValue": .double(slice.effect.pValue),
            "benjaminiHochberg": number(slice.tests?.benjaminiHochberg), "pBeyondMargin": number(slice.tests?.beyondMargin),
            "holm": number(slice.tests?.holm),
        ]
    }
}
