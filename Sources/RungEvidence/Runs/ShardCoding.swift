import RungCore
import RungText

/// What is stored of the parts of a run besides their headers, and back.
enum ShardCoding {
    /// The record that says which part the run with start `run` is.
    static func draft(_ shard: RunShard, run: Int64) -> RecordDraft {
        var draft = RecordDraft(.shard)
        draft["run"] = .integer(run)
        draft["runKey"] = .text(shard.runKey)
        draft["number"] = .integer(shard.slice.index)
        draft["count"] = .integer(shard.slice.count)
        draft["cases"] = .integer(shard.planCases)
        draft["trials"] = .integer(shard.planTrials)
        return draft
    }

    /// The part that `draft` was made from; nil when a value makes no sense.
    static func shard(_ record: StoredRecord) -> RunShard? {
        guard let number = record["number"].integer, let count = record["count"].integer,
            let slice = ShardSlice(index: Int(clamping: number), of: Int(clamping: count)), let key = record["runKey"].text,
            let cases = record["cases"].integer, let trials = record["trials"].integer
        else { return nil }
        return RunShard(slice: slice, runKey: key, planCases: Int(cases), planTrials: Int(trials))
    }

    /// The record that says which parts the run with start `run` was put together from.
    static func draft(mergedFrom shards: [RunID], run: Int64) -> RecordDraft {
        var draft = RecordDraft(.mergedRun)
        draft["run"] = .integer(run)
        draft["shards"] = .json(.array(shards.map { .string($0.rawValue) }))
        return draft
    }

    /// The parts that `draft` was made from.
    static func mergedFrom(_ record: StoredRecord) -> [RunID] {
        let node = record["shards"].text.flatMap { try? JSONReader.read($0) }
        return (node?.strings ?? []).map { RunID($0) }
    }

    /// What the reports of the merged run need besides the verdict of the case with record `caseResult`.
    static func draft(_ result: CaseResult, caseResult: Int64) -> RecordDraft {
        var draft = RecordDraft(.shardCase)
        draft["caseResult"] = .integer(caseResult)
        draft["file"] = .text(result.location.file)
        draft["line"] = .integer(result.location.line)
        draft["title"] = .text(result.title)
        if !result.slices.isEmpty {
            let slices = result.slices.sorted { $0.key < $1.key }.map { JSONValue.Member($0.key, .string($0.value)) }
            draft["slices"] = .json(.object(slices))
        }
        return draft
    }

    /// Adds what `draft` was made from to a case.
    static func complete(_ result: inout CaseResult, from record: StoredRecord) {
        result.title = record["title"].text
        result.location = SourceLocation(file: record["file"].text ?? "", line: Int(record["line"].integer ?? 0))
        guard let members = record["slices"].text.flatMap({ try? JSONReader.read($0) })?.members else { return }
        for member in members { result.slices[member.key] = member.value.string }
    }
}
