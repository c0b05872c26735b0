/// Every kind of record, in alphabetical order; a new kind is one line here and a migration.
enum RecordCatalog {
    static let all: [RecordKind] = [
        .act, .agent, .assessment, .attestation, .caseRecord, .caseResult, .change, .changeEnd, .contextVersion, .dashboard,
        .duty, .envelope, .experiment, .feedback, .gradeList, .idea, .ideaDecision, .interaction, .objective, .outcome,
        .override, .policy, .principal, .promptVersion, .registry, .release, .releaseEnd, .review, .run, .runEnd, .runStart,
        .runSubject, .scan, .source, .spendingLimit, .suite, .template, .threshold, .thresholdChange, .triage, .trial,
        .usageCount, .waiver, .waiverEnd,
    ]

    /// Kinds that files may hold.
    static let importable = all.filter { !$0.importable.isEmpty }
}
