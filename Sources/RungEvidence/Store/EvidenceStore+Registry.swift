public import RungCore
import RungCrypto
import RungText

extension EvidenceStore {
    /// Appends the registry of a workspace when it differs from the last one that was appended.
    ///
    /// - Parameter actor: who, as the ledger shall name them.
    /// - Returns: whether anything was appended.
    @discardableResult
    public func recordRegistry(_ registry: Registry, actor: PrincipalID) throws -> Bool {
        let drafts = RegistryDrafts(registry, RecordRedaction(environment.redactor))
        if try latestRegistryDigest() == drafts.digest { return false }
        return try append(actor: actor.rawValue, reason: "registry snapshot") { appender in
            guard try Self.latestDigest(appender.writer.connection) != drafts.digest else { return false }
            let snapshot = try appender.append(drafts.snapshot, .recorded)
            for draft in drafts.agents + drafts.principals {
                var draft = draft
                draft["snapshot"] = .integer(snapshot)
                try appender.append(draft, .recorded)
            }
            for draft in drafts.prompts where try !Self.isStored(draft, appender.writer) {
                try appender.append(draft, .recorded)
            }
            return true
        }
    }

    private func latestRegistryDigest() throws(EvidenceError) -> Digest? {
        try database.perform { try Self.latestDigest($0) }
    }

    private static func latestDigest(_ connection: OpaquePointer) throws -> Digest? {
        try SQLStatement("SELECT digest FROM registry_records ORDER BY record DESC LIMIT 1", on: connection)
            .first { $0.digest(0) } ?? nil
    }

    /// Prompt versions never change, so each is stored once, and again only when what is said about it has changed.
    private static func isStored(_ draft: RecordDraft, _ writer: RecordWriter) throws -> Bool {
        try RecordLookup(draft.kind, writer).stored(like: draft).contains { $0.values == draft.values }
    }
}

/// A registry as records.
private struct RegistryDrafts {
    var agents: [RecordDraft]
    var principals: [RecordDraft]
    var prompts: [RecordDraft]
    var digest: Digest

    /// Redacted here already, because what is stored is compared with it.
    init(_ registry: Registry, _ redaction: RecordRedaction) {
        agents = registry.agents.map { redaction.redacted(Self.draft($0)) }
        principals = registry.principals.map { redaction.redacted(Self.draft($0)) }
        prompts = registry.prompts.map { redaction.redacted(Self.draft($0)) }
        var buffer = PayloadBuffer()
        var hasher = SHA256Hasher()
        for draft in agents + principals + prompts {
            buffer.content(draft.kind, draft.values)
            hasher.update(buffer.bytes)
            hasher.update(0x0A)
        }
        digest = hasher.finalize()
    }

    var snapshot: RecordDraft {
        var draft = RecordDraft(.registry)
        draft["digest"] = .digest(digest)
        draft["agents"] = .integer(agents.count)
        draft["principals"] = .integer(principals.count)
        draft["promptVersions"] = .integer(prompts.count)
        return draft
    }

    private static func draft(_ agent: Agent) -> RecordDraft {
        var draft = RecordDraft(.agent)
        draft["id"] = .text(agent.id.rawValue)
        draft["ownerId"] = .text(agent.owner?.rawValue)
        draft["deputyId"] = .text(agent.deputy?.rawValue)
        draft["team"] = .text(agent.team)
        draft["department"] = .text(agent.department)
        draft["state"] = .text(agent.state.rawValue)
        draft["purpose"] = .text(agent.card.purpose)
        draft["audience"] = .text(agent.card.audience)
        draft["limits"] = .text(agent.card.limits)
        draft["successMetric"] = .text(agent.card.successMeasure)
        draft["baseline"] = .real(agent.card.baseline)
        draft["riskTier"] = .text(agent.card.riskTier?.rawValue)
        draft["autonomy"] = .text(agent.card.autonomy?.rawValue)
        draft["oversightRate"] = .real(agent.card.oversightRate)
        draft["userFacing"] = .flag(agent.card.isUserFacing)
        draft["intents"] = texts(agent.intents)
        draft["tools"] = texts(agent.tools)
        draft["prompts"] = texts(agent.prompts.map { "\($0.id)@\($0.label)" })
        draft["configDigest"] = .word(agent.configurationDigest)
        draft["cardDigest"] = .digest(agent.card.digest)
        return draft
    }

    private static func draft(_ principal: Principal) -> RecordDraft {
        var draft = RecordDraft(.principal)
        draft["id"] = .text(principal.id.rawValue)
        draft["type"] = .text(principal.kind.rawValue)
        draft["team"] = .text(principal.team)
        draft["leftAt"] = .time(principal.leftAt)
        draft["canBuild"] = .flag(principal.canBuild)
        return draft
    }

    private static func draft(_ prompt: PromptVersion) -> RecordDraft {
        var draft = RecordDraft(.promptVersion)
        draft["promptId"] = .text(prompt.id.rawValue)
        draft["label"] = .text(prompt.label)
        draft["version"] = .word(prompt.version)
        draft["text"] = .text(prompt.text)
        draft["variables"] = texts(prompt.variables)
        draft["authorId"] = .text(prompt.author?.rawValue)
        draft["reason"] = .text(prompt.reason)
        draft["parentId"] = .word(prompt.parent)
        draft["templateId"] = .text(prompt.template)
        return draft
    }

    private static func texts(_ texts: [String]) -> FieldValue { .json(.array(texts.map { .string($0) })) }
}
