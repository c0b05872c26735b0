import RungCore
import RungText

/// A stage in memory, with a clock that the test sets.
final class StageDouble: EvidenceStage {
    var now: Timestamp
    private(set) var drafts: [EvidenceDraft] = []
    private var names: Set<String> = []
    private(set) var pieces: [String: [String: HeldPiece]] = [:]

    init(now: String = "2026-09-30T12:00:00Z") { self.now = Timestamp(now) ?? Timestamp(seconds: 0) }

    /// As the store does: a record that is there already changes nothing.
    func append(_ draft: EvidenceDraft) throws {
        if names.insert(draft.name).inserted { drafts.append(draft) }
    }

    func hold(_ piece: HeldPiece) throws { pieces[piece.group, default: [:]][piece.name] = piece }

    func held(in group: String) throws -> [HeldPiece] { (pieces[group] ?? [:]).values.sorted { $0.name < $1.name } }

    func release(_ group: String) throws { pieces[group] = nil }

    func groups(holding name: String, since time: Timestamp, limit: Int) throws -> [String] {
        let found = pieces.filter { $0.value[name].map { $0.heldAt <= time } ?? false }
        return Array(found.keys.sorted().prefix(limit))
    }

    var holdsAnything: Bool { get throws { !pieces.isEmpty } }

    func hasInteraction(_ id: String) throws -> Bool { names.contains("interaction \(id)") }

    func interactions(beginning prefix: String, limit: Int) throws -> [StoredInteraction] {
        drafts.filter { $0.kind == "interaction" && ($0["id"] ?? "").hasPrefix(prefix) }.prefix(limit).map { draft in
            StoredInteraction(
                id: draft["id"] ?? "", at: draft["at"].flatMap { Timestamp($0) } ?? now,
                latencyMs: draft.members.first { $0.key == "latencyMs" }?.value.doubleValue)
        }
    }

    /// The records of a kind, as one line of JSON each, sorted.
    func lines(_ kind: String) -> [String] { drafts.filter { $0.kind == kind }.map { JSONText.compact(.object($0.members)) }.sorted() }
}

extension EvidenceDraft {
    /// The text of a member.
    subscript(key: String) -> String? { members.first { $0.key == key }?.value.plainText }

    /// Kind and identity.
    var name: String { kind == "flowStep" ? "flowStep \(self["traceId"] ?? "")/\(self["spanId"] ?? "")" : "\(kind) \(self["id"] ?? "")" }
}
