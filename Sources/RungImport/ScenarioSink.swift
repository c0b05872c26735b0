internal import RungText

/// Takes what an importer makes: every scenario in order, then the suite, then one `commit` or `discard`.
public protocol ScenarioSink {
    /// Takes the next scenario.
    mutating func append(_ scenario: ScenarioDraft) throws
    /// Takes the suite over the scenarios.
    mutating func finish(_ suite: SuiteDraft) throws
    /// Puts everything in its place, or throws and changes nothing.
    mutating func commit() throws
    /// Forgets everything; leaves nothing behind.
    mutating func discard()
}

/// The sink of a rehearsal: takes everything and keeps nothing.
public struct DiscardingSink: ScenarioSink {
    public init() {}

    public mutating func append(_ scenario: ScenarioDraft) {}
    public mutating func finish(_ suite: SuiteDraft) {}
    public mutating func commit() {}
    public mutating func discard() {}
}

/// Writes `scenarios.jsonl` and `suite.yaml` into a folder, both or neither.
///
/// Scenarios are written in pieces of a mebibyte, so that memory does not grow with their number.
public struct FolderSink: ScenarioSink {
    /// The name of the file that holds the scenarios.
    public static let scenariosName = "scenarios.jsonl"
    /// The name of the file that `rung test` takes.
    public static let suiteName = "suite.yaml"

    private var folder: StagedFolder
    private var text = JSONText()
    private var pending: [UInt8] = []

    /// - Throws: `InvalidInput` when the folder holds files of these names and they may not be overwritten.
    public init(_ path: String, overwrite: Bool) throws {
        folder = StagedFolder(path, overwrite: overwrite)
        try folder.check([Self.scenariosName, Self.suiteName])
    }

    public mutating func append(_ scenario: ScenarioDraft) throws {
        text.removeAll()
        scenario.write(into: &text)
        pending += text.bytes
        pending.append(UInt8(ascii: "\n"))
        if pending.count >= 1 << 20 { try flush() }
    }

    public mutating func finish(_ suite: SuiteDraft) throws {
        try flush()
        try folder.append(Array(suite.yaml.utf8), to: Self.suiteName)
    }

    public mutating func commit() throws { try folder.commit() }

    public mutating func discard() { folder.discard() }

    private mutating func flush() throws {
        try folder.append(pending, to: Self.scenariosName)
        pending.removeAll(keepingCapacity: true)
    }
}
