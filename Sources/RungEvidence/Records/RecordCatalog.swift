/// Every kind of record, in alphabetical order; a new kind is one line here and a migration.
enum RecordCatalog {
    static let all: [RecordKind] = [
        .act, .agent, .attestation, .caseRecord, .caseResult, .experiment, .gradeList, .idea, .ideaDecision, .interaction, .outcome,
        .override,
        .principal, .promptVersion, .registry, .release, .releaseEnd, .run, .runEnd, .runStart, .runSubject, .scan, .source, .suite,
        .template, .trial, .usageCount,
    ]

    /// Kinds that files may hold.
    static let importable = all.filter { !$0.importable.isEmpty }
}
