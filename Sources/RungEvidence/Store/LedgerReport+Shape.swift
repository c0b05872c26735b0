import RungCore
import RungLedger
public import RungText

extension LedgerReport {
    /// What `rung ledger verify --format json` prints, for the schema.
    public static var shape: ObjectShape {
        ObjectShape(
            "LedgerReport", "What a full check of the evidence came to.",
            [
                .required("anchoring", .object(anchoringShape), "Whether copies of the head that were kept elsewhere agree."),
                .required("completeness", .object(completenessShape), "Whether what independent counters saw is logged."),
                .required("formatVersion", .integer(1...1), "Changes when a reader would have to."),
                .required("integrity", .object(integrityShape), "Whether everything that is stored agrees with itself."),
            ])
    }

    private static let size = Shape.integer(0...Int.max)
    private static let verdict = Shape.oneOf(LedgerVerdict.allCases.map(\.rawValue))

    private static var integrityShape: ObjectShape {
        ObjectShape(
            "LedgerIntegrity", "Entries, records, tree, checkpoints and derived tables, all recomputed.",
            [
                .required("entries", size, "Entries found unbroken, from the first on."),
                .required("erased", size, "Records whose payload was erased."),
                .optional("firstBroken", size, "The first broken entry; null when none is, or when it is not an entry that is broken."),
                .optional("reason", .text, "What is broken; null when nothing is."),
                .required("records", size, "Records found unbroken, from the first on."),
                .required("root", .digest, "Merkle root over the entries, as the head says."),
                .required("size", size, "Entries, as the head says."), .required("verdict", verdict, "ok or failed."),
            ])
    }

    private static var anchoringShape: ObjectShape {
        ObjectShape(
            "LedgerAnchoring", "Checkpoints that were kept elsewhere.",
            [
                .required("anchors", .array(.object(anchorShape), atLeast: 0), "Each of them, as given."),
                .optional("upTo", size, "Entries that the largest agreeing anchor covers; null without one."),
                .required("verdict", verdict, "unknown without an anchor."),
            ])
    }

    private static var anchorShape: ObjectShape {
        ObjectShape(
            "LedgerAnchor", "One checkpoint.",
            [
                .required("origin", .text, "Name of its ledger."), .required("size", size, "Entries that it covers."),
                .required("text", .text, "What was found."), .required("verdict", verdict, "Whether the ledger agrees with it."),
            ])
    }

    private static var completenessShape: ObjectShape {
        ObjectShape(
            "LedgerCompleteness", "Counters of gateways and invoices against logged interactions.",
            [
                .required("counted", size, "Calls that were counted."),
                .required("logged", size, "Of these days and agents, calls logged."),
                .required("short", size, "Days of agents with fewer calls logged than counted."),
                .required("verdict", verdict, "unknown without counters from a registered source."),
                .required("worst", .array(.object(shortDayShape), atLeast: 0), "Days with the largest gaps, largest first."),
            ])
    }

    private static var shortDayShape: ObjectShape {
        ObjectShape(
            "LedgerShortDay", "A day of an agent.",
            [
                .required("agent", .text, "The agent."), .required("counted", size, "Calls counted."),
                .required("day", .text, "YYYY-MM-DD."), .required("environment", .text, "Where."),
                .required("logged", size, "Calls logged."),
            ])
    }
}
