import RungCore
import RungTestSupport
import RungText

@testable import RungEvidence

/// A receiving store, and stores of other machines, each with random bytes of its own.
struct MergeFixture {
    let receiver: EvidenceFixture
    let clock: EvidenceFixture.Clock

    init() throws {
        receiver = try EvidenceFixture()
        clock = receiver.clock
    }

    /// The path of a file beside the receiver's.
    func path(_ name: String) -> String { receiver.folder.path + "/" + name }

    /// A store of another machine.
    func store(_ name: String, seed: UInt8) throws -> EvidenceStore {
        try EvidenceStore(path: path(name), environment: EvidenceFixture.environment(clock, seed: seed))
    }

    /// Imports lines into a store.
    func importLines(_ lines: [String], into store: EvidenceStore) throws {
        let file = receiver.folder.write("lines.jsonl", lines.map { $0 + "\n" }.joined())
        _ = try store.importEvidence(file: file, actor: "ana")
    }

    /// Merges bundles by name.
    @discardableResult
    func merge(_ names: String...) throws -> MergeReport { try receiver.store.merge(bundles: names.map(path), actor: "hub") }

    /// What the error of merging says; empty when it went well.
    func refusal(_ names: String...) -> String {
        do {
            _ = try receiver.store.merge(bundles: names.map(path), actor: "hub")
            return ""
        } catch {
            return error.description.split(separator: receiver.folder.path + "/").joined()
        }
    }

    /// A call of an agent, as a line of evidence.
    static func call(_ id: String, outcome: String = "accepted") -> String {
        #"{"kind":"interaction","id":"\#(id)","agentId":"router","at":"2026-09-20T08:00:00Z","environment":"production","outcome":"\#(outcome)"}"#
    }

    /// All of `RunFixture`'s run as shard 1 of 1, into a store.
    static func record(_ store: EvidenceStore, id: RunID, slice: ShardSlice, key: String = "ci-7") throws {
        var header = try RunFixture.header(id)
        header.shard = RunShard(slice: slice, runKey: key, planCases: 3, planTrials: 4)
        try RunRecorder(store: store, actor: "ci").handle(RunFixture.events(header))
    }
}
