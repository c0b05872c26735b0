/// Every kind of record, in alphabetical order; a new kind is one line here and a migration.
enum RecordCatalog {
    static let all: [RecordKind] = [
        .act, .agent, .caseRecord, .caseResult, .experiment, .gradeList, .idea, .ideaDecision, .interaction, .merge,
        .mergedRun, .outcome,
        .override,
        .principal, .promptVersion, .registry, .release, .releaseEnd, .run, .runEnd, .runStart, .runSubject, .scan, .shard,
        .shardCase, .suite,
        .template, .trial, .usageCount,
    ]

    /// Kinds that files may hold.
    static let importable = all.filter { !$0.importable.isEmpty }
}
