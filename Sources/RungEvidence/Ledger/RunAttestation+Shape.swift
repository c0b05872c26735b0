import RungCore
public import RungText

extension RunAttestation {
    /// What the predicate of the gate's decision looks like, for the schema.
    public static var shape: ObjectShape {
        ObjectShape(
            "GateAttestation", "Predicate of an in-toto statement: what a run came to and what its gate decided.",
            [
                .required("decision", .oneOf(decisions), "What the gate decided."),
                .required("ledger", .object(ledger), "The head of the ledger that holds the run."),
                .required("newlyFailing", .texts, "Cases that passed in the baseline and did not in the run."),
                .required("newlyPassing", .texts, "Cases that did not pass in the baseline and did in the run."),
                .required("reasons", .texts, "Why, the deciding reasons first."),
                .required("result", .object(result), "Over all suites."),
                .required("run", .object(run), "Which run."),
                .required("suites", .array(.object(suite), atLeast: 0), "Each suite by itself."),
            ])
    }

    private static var decisions: [String] { GateDecision.Decision.allCases.map(\.rawValue) }
    private static let size = Shape.integer(0...Int.max)

    private static var ledger: ObjectShape {
        ObjectShape(
            "AttestedLedger", "A checkpoint.",
            [
                .required("origin", .text, "The ledger's name."), .required("root", .digest, "Merkle root over the entries."),
                .required("size", size, "Number of entries."),
            ])
    }

    private static var run: ObjectShape {
        ObjectShape(
            "AttestedRun", "A run.",
            [
                .optional("baseline", .text, "The run it was compared with; null for none."),
                .required("finishedAt", .timestamp, "When it ended."), .required("id", .text, "Its id."),
                .required("planDigest", .digest, "Digest of suites, agents, prompts, seed and selection."),
                .required("seed", .text, "Base of all seeds, as decimal digits."),
                .optional("selection", .text, "The selection as given; null for everything."),
                .required("startedAt", .timestamp, "When it began."),
                .required("status", .oneOf(["complete", "incomplete"]), "Whether every planned trial was made."),
            ])
    }

    private static var suite: ObjectShape {
        ObjectShape(
            "AttestedSuite", "A suite of the run.",
            [
                .required("decision", .oneOf(decisions), "What its gate decided."), .required("digest", .digest, "Digest of the suite."),
                .required("id", .text, "Its id."), .required("result", .object(result), "What it came to."),
            ])
    }

    private static var result: ObjectShape {
        ObjectShape(
            "AttestedResult", "Counts and rates.",
            [
                .required("cases", size, "Cases with a verdict."), .required("counted", size, "Cases that the rates count."),
                .required("erroredTrials", size, "Trials that errored."),
                .required("passAtK", .array(.share, atLeast: 0), "Entry k−1 is pass@k."),
                .required("passHatK", .array(.share, atLeast: 0), "Entry k−1 is pass^k."),
                .optional("passRate", .object(rate), "Share of counted trials that passed; null when nothing counts."),
                .required("trials", size, "Trials made."), .required("unstable", size, "Cases whose trials did not all end alike."),
                .required("verdicts", .map(size), "Cases by verdict."),
            ])
    }

    private static var rate: ObjectShape {
        ObjectShape(
            "AttestedRate", "A share with its interval.",
            [
                .optional("effectiveN", .number(0...Double.greatestFiniteMagnitude), "Independent trials of the same worth."),
                .required("estimate", .share, "0…1."), .required("high", .share, "Upper end of the interval."),
                .required("low", .share, "Lower end of the interval."), .required("method", .text, "How the interval was made."),
                .required("n", size, "Cases."),
            ])
    }
}
