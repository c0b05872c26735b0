public import RungCore
public import RungText

/// A comparison for tools: the stable contract, byte-equal for equal input.
public enum ComparisonJSON {
    /// The version that is written.
    public static let formatVersion = Comparison.formatVersion

    /// The whole document; ends with a line break.
    public static func render(_ comparison: Comparison) -> String { JSONText.pretty(comparison.json) + "\n" }
}

extension ComparisonJSON {
    /// The whole document, for the schema and for tests.
    public static let shape = ObjectShape(
        "Comparison", "A candidate against its baseline over the same cases; changes are candidate − baseline, in the unit of the values.",
        [
            .required("formatVersion", .integer(formatVersion...formatVersion), "Version of this format."),
            .required("baseline", .freeText, "Where the values of the baseline came from."),
            .required("candidate", .freeText, "Where the values of the candidate came from."),
            .required("n", count, "Independent units: cases, or clusters where these are declared."),
            .required("pairs", count, "Cases that both sides have values of."),
            .required("clustered", .bool, "Whether clusters hold more than one case."),
            .optional("trials", .object(trials), "Trials with a value that a compared case has on either side; null without cases."),
            .required("unpaired", .array(.object(unpaired), atLeast: 0), "Cases that are left out, sorted by name."),
            .optional("estimate", anyNumber, "Mean change over cases; null without cases."),
            .optional("se", anyNumber, "Its standard error, robust to clusters; null for a single unit."),
            .optional("low", anyNumber, "Lower end of the two-sided interval by `method`; null where there is none."),
            .optional("high", anyNumber, "Upper end; null where there is none."),
            .optional("method", method, "The method that decides; none where the changes do not vary."),
            .optional(
                "pValue", share, "Two-sided, that nothing changed: exact McNemar for single trials of 0 and 1, else by flipping signs."),
            .optional("bounds", .object(limits), "The one-sided bounds that decide, each with all of the error."),
            .optional("t", .object(limits), "Two-sided interval by Student's t over units."),
            .optional("bca", .object(limits), "Two-sided interval by the BCa bootstrap of units; null where they do not differ."),
            .optional("mcnemar", .object(mcNemar), "Only where every case is a single trial of 0 or 1 on both sides."),
            .optional("newcombe", .object(limits), "Two-sided interval by Newcombe's method 10, for the same cases."),
            .optional("tango", .object(limits), "Two-sided score interval of Tango, for the same cases."),
            .required("power", .object(power), "What a comparison of this size can find with a chance of 80 %."),
            .required("policy", .object(policy), "What was stated beforehand."),
            .required("decision", .oneOf(ComparisonDecision.allCases.map(\.rawValue)), "What the gate decided; unchanged is a pass."),
            .required("reasons", .texts, "Sentences, the deciding ones first."),
            .required("slices", .array(.object(slice), atLeast: 0), "Parts of the cases, sorted by name."),
        ])

    private static let anyNumber = Shape.number(-Double.greatestFiniteMagnitude...Double.greatestFiniteMagnitude)
    private static let share = Shape.number(0...1)
    private static let count = Shape.integer(0...Int(1e15))
    private static let method = Shape.oneOf(ComparisonEffect.Method.allCases.map(\.rawValue))

    private static let limits = ObjectShape(
        "Limits", "Two ends.",
        [.optional("low", anyNumber, "Lower end; null where there is none."), .optional("high", anyNumber, "Upper end.")])

    private static let trials = ObjectShape(
        "Trials", "Numbers of trials.", [.required("least", count, "The fewest."), .required("most", count, "The most.")])

    private static let unpaired = ObjectShape(
        "Unpaired", "A case that is left out.",
        [
            .required("case", .freeText, "Its name."),
            .required("side", .oneOf(UnpairedCase.Side.allCases.map(\.rawValue)), "Which side has a value of it."),
        ])

    private static let mcNemar = ObjectShape(
        "McNemar", "Pairs that came out differently.",
        [
            .required("b", count, "Passed with the baseline alone."), .required("c", count, "Passed with the candidate alone."),
            .required("p", share, "Exact two-sided p-value."), .required("midp", share, "Mid-p value."),
        ])

    private static let power = ObjectShape(
        "Power", "One-sided at the policy's confidence.",
        [
            .optional("mde", anyNumber, "Smallest true change that is found; null where nothing varies."),
            .optional("nForMargin", count, "Units that find a change as large as the margin."),
            .optional("furtherN", count, "Further units that would probably decide; null where decided, or where none would."),
            .optional("trialsNeeded", count, "Trials a case that would probably decide without further cases."),
        ])

    private static let policy = ObjectShape(
        "Policy", "What was stated beforehand.",
        [
            .required("margin", anyNumber, "Largest drop that is acceptable."),
            .required("confidence", share, "Of each bound that decides."),
            .required("require", .oneOf(ComparisonPolicy.Requirement.allCases.map(\.rawValue)), "What the candidate has to show."),
            .required("minimumPairs", count, "Fewer units decide nothing."), .required("seed", .text, "Of everything that is drawn."),
            .required("resamples", count, "Bootstrap resamples."),
        ])

    private static let slice = ObjectShape(
        "Slice", "The same over a part of the cases.",
        [
            .required("slice", .freeText, "Its name."), .required("n", count, "Independent units."), .required("pairs", count, "Cases."),
            .required("estimate", anyNumber, "Mean change."), .optional("se", anyNumber, "Its standard error."),
            .optional("low", anyNumber, "Lower end of the two-sided interval."), .optional("high", anyNumber, "Upper end."),
            .required("method", method, "The method that decides."), .required("pValue", share, "Two-sided, that nothing changed."),
            .optional("benjaminiHochberg", share, "The same adjusted over all slices, for exploring; null for a slice too small."),
            .optional("pBeyondMargin", share, "One-sided, that the drop is beyond the margin."),
            .optional("holm", share, "The same adjusted after Holm over all slices: this one gates."),
        ])
}
