/// Parts of runs, and what came from other stores.
extension RecordKind {
    /// Says of a run that it is a part of a larger one.
    static let shard = RecordKind(
        "shard", "A run that is a part of a larger one, and how the parts find each other.",
        fields: [
            .own("cases", .integer, "Cases of all parts together."),
            .own("count", .integer, "Parts that there are."),
            .own("number", .integer, "Which part it is, from 1."),
            .own("run", .reference, "Record number of the run's first start."),
            .own("runKey", .coded, "What the parts of one run share."),
            .own("trials", .integer, "Trials of all parts together."),
        ])

    /// What the reports of a merged run need of a case, and no query.
    static let shardCase = RecordKind(
        "shardCase", "Where a case of a part stands and what it is called, for the reports of the merged run.",
        fields: [
            .own("caseResult", .reference, "Record number of the case with its verdict."),
            .own("file", .coded, "The file that declares it."),
            .own("line", .integer, "The line in that file."),
            .own("slices", .json, "Named groups that it belongs to; left out when there are none."),
            .own("title", .text, "The scenario's title."),
        ])

    /// Says of a run which parts it was put together from.
    static let mergedRun = RecordKind(
        "mergedRun", "A run that was put together from its parts.",
        fields: [
            .own("run", .reference, "Record number of the run's start."),
            .own("shards", .json, "Ids of the parts that count, in order."),
        ])

    /// Binds a piece of another store's ledger: the records directly before this one, under the entries before its own.
    static let merge = RecordKind(
        "merge", "A piece of another store's ledger; the records directly before this one are those of the piece.",
        fields: [
            .own("checkpoint", .text, "The origin's signed head, when it had one."),
            .own("entries", .integer, "Entries of the piece."),
            .own("firstEntry", .integer, "Sequence of the first one in its origin's ledger."),
            .own("firstRecord", .integer, "Number of the first record in its origin."),
            .own("originId", .coded, "The store that it comes from."),
            .own("records", .integer, "Records of the piece."),
            .own("root", .digest, "Merkle root of the origin's ledger after the piece."),
            .own("size", .integer, "Entries of the origin's ledger after the piece."),
            .own("trustedBy", .text, "Name of the key that vouches for the origin; left out when nobody does."),
        ])
}
