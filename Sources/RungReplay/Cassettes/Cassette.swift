public import RungCore
public import RungCrypto
public import RungText

/// Recorded traffic that answers for the world while one scenario is replayed.
///
/// Exchanges stand in the order in which they were recorded; the same request may stand there more than once, and is then
/// answered in that order.
public struct Cassette: Sendable, Equatable {
    /// Where the recording comes from.
    public var provenance: Provenance
    /// What of a request does not count when it is compared with the recorded ones.
    public var normalizers: [Normalizer]
    /// How often each rule of redaction took something out, by the rule's name.
    public var redactions: [String: Int]
    public var exchanges: [Exchange]
    /// Calls of tools, in the order in which they were made.
    public var tools: [ToolExchange]
    /// The tools that were on offer; a tool that was called need not be among them.
    public var toolset: [ToolDefinition] = []

    /// Version of the file format that this program writes.
    public static let formatVersion = 1
    /// Versions that this program reads: all that there ever were.
    static let readableFormats = 1...formatVersion

    public init(
        provenance: Provenance, normalizers: [Normalizer] = Normalizer.standard, redactions: [String: Int] = [:],
        exchanges: [Exchange] = [], tools: [ToolExchange] = []
    ) {
        self.provenance = provenance
        self.normalizers = normalizers
        self.redactions = redactions
        self.exchanges = exchanges
        self.tools = tools
    }

    /// Who answered when, and what was asked of them: evidence of how old a recording is.
    public struct Provenance: Sendable, Equatable {
        /// The scenario that the recording belongs to.
        public var scenario: String
        /// Who answered, such as `openai` or `tools.example.com`; sorted, without duplicates.
        public var providers: [String]
        /// The models as requests name them; sorted, without duplicates.
        public var models: [String]
        /// The prompt version under which it was recorded; nil where nobody said.
        public var promptVersion: Digest?
        /// When recording ended; nil for a foreign recording without times.
        public var recordedAt: Timestamp?
        /// Program and version that recorded, such as `rung 0.1.0`.
        public var recorder: String

        public init(
            scenario: String, providers: [String] = [], models: [String] = [], promptVersion: Digest? = nil,
            recordedAt: Timestamp? = nil, recorder: String
        ) {
            self.scenario = scenario
            self.providers = providers
            self.models = models
            self.promptVersion = promptVersion
            self.recordedAt = recordedAt
            self.recorder = recorder
        }
    }

    /// Whether nothing was recorded: neither a request nor a call.
    public var isEmpty: Bool { exchanges.isEmpty && tools.isEmpty && toolset.isEmpty }

    /// The names of the exchanges, in their order: twelve digits of the request's digest and its turn, such as `0a1b2c3d4e5f.1`.
    ///
    /// Two exchanges of one cassette never share a name.
    public var names: [String] {
        let rules = MatchRules(normalizers)
        var turns: [Digest: Int] = [:]
        return exchanges.map { exchange in
            let digest = rules.key(of: exchange.request).digest
            turns[digest, default: 0] += 1
            return "\(digest.short).\(turns[digest] ?? 1)"
        }
    }
}
