/// What was taken out of the evidence again.
extension RecordKind {
    /// Payloads that were erased at once; who and why stands in the entry of the ledger.
    static let erasure = RecordKind(
        "erasure", "Payloads that were erased; who did it and why stands in the entry of the ledger.",
        fields: [
            .own("digest", .digest, "Digest over number, kind and leaf hash of each erased record, in the order of the numbers."),
            .own("kinds", .json, "How many records of which kind."),
            .own("records", .integer, "Number of records."),
            .own(
                "rollups", .digest,
                "Digest over what roll-ups counted of this and of all earlier erased records; missing when they counted nothing."),
        ])
}
