/// Every kind of record, in alphabetical order; a new kind is one line here and a migration.
enum RecordCatalog {
    static let all: [RecordKind] = [
        .act, .agent, .assessment, .attestation, .auditDraw, .auditResult, .businessRule, .capacity, .caseRecord,
        .caseResult, .change, .changeEnd, .comparison, .contextVersion, .contract, .dashboard, .decision, .decisionResponse,
        .driftCheck, .duty, .envelope, .experiment, .feedback, .flow, .flowStep, .gradeList, .handoff, .idea, .ideaDecision,
        .interaction, .judgeLabel, .judgeVerdict, .objective, .outcome, .override, .policy, .prediction, .preregistration,
        .principal, .promptVersion, .registry, .release, .releaseEnd, .review, .run, .runEnd, .runStart, .runSubject, .scan,
        .scenario, .score, .source, .spendingLimit, .suite, .system, .template, .threshold, .thresholdChange, .toolCall,
        .trafficIntent, .triage, .trial, .usageCount, .waiver, .waiverEnd,
    ]

    /// Kinds that files may hold.
    static let importable = all.filter { !$0.importable.isEmpty }
}
