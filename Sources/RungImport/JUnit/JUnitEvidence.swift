public import RungCore
public import RungCrypto
public import RungText

/// What the user tells about a report that the report does not tell itself.
public struct JUnitOptions: Sendable {
    /// The agent that was tested; nil for none.
    public var agent: AgentID?
    /// The suite; nil for the report's own name.
    public var suite: SuiteID?
    /// The type of run, such as `regression`.
    public var type: String
    /// Version of the prompt tested.
    public var promptVersion: Digest?
    /// Digest of model configuration and tools.
    public var configuration: Digest?
    /// When the run ended; nil for what the report's timestamps tell.
    public var finishedAt: Timestamp?

    /// What is known about a report.
    public init(
        agent: AgentID? = nil, suite: SuiteID? = nil, type: String = "regression", promptVersion: Digest? = nil,
        configuration: Digest? = nil, finishedAt: Timestamp? = nil
    ) {
        self.agent = agent
        self.suite = suite
        self.type = type
        self.promptVersion = promptVersion
        self.configuration = configuration
        self.finishedAt = finishedAt
    }
}

extension JUnitReport {
    /// The report as evidence: its suite and one run of it.
    ///
    /// The run's id is made from the digest of the file, so that the same file adds nothing a second time. It has passed
    /// when something passed and nothing failed or errored; its trials are the cases that ran.
    ///
    /// - Parameters:
    ///   - digest: of the file's bytes.
    ///   - now: the present moment, which no run ends after.
    /// - Throws: `InvalidInput` when nothing tells when the run ended, or it ended in the future.
    public func evidence(digest: Digest, _ options: JUnitOptions, now: Timestamp) throws -> [EvidenceDraft] {
        guard let finishedAt = options.finishedAt ?? finishedAt else {
            throw InvalidInput(
                file, nil, "no timestamp tells when the run ended", suggestion: "give it with --finished-at 2026-09-30T12:00:00Z")
        }
        guard finishedAt <= now else {
            throw InvalidInput(
                file, nil, "the run ended at \(finishedAt), later than now (\(now))",
                suggestion: "times without a zone are read as UTC; give the right one with --finished-at")
        }
        let suite = options.suite?.rawValue ?? FileIdentifier.of(name ?? "junit")
        return [suiteDraft(suite, options), runDraft(suite, digest, finishedAt, options)]
    }

    private func suiteDraft(_ suite: String, _ options: JUnitOptions) -> EvidenceDraft {
        EvidenceDraft("suite", [.init("agentId", Self.text(options.agent?.rawValue)), .init("id", .string(suite))])
    }

    private func runDraft(_ suite: String, _ digest: Digest, _ finishedAt: Timestamp, _ options: JUnitOptions) -> EvidenceDraft {
        EvidenceDraft(
            "run",
            [
                .init("agentId", Self.text(options.agent?.rawValue)),
                .init("configDigest", Self.text(options.configuration?.description)),
                .init("finishedAt", .string(finishedAt.description)),
                .init("id", .string("junit-" + digest.hex.prefix(32))),
                .init("passed", .bool(isPassed)),
                .init("promptVersionId", Self.text(options.promptVersion?.description)),
                .init("suiteId", .string(suite)),
                .init("trials", .int(counts.trials)),
                .init("type", .string(options.type)),
            ])
    }

    private static func text(_ value: String?) -> JSONValue { value.map { .string($0) } ?? .null }
}
