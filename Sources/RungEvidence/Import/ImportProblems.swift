import RungCrypto
import RungRedaction
import RungText

/// Everything that is wrong with an evidence file, and what was only noticed.
struct ImportProblems {
    private let file: String
    /// A wrong value may be a secret in the wrong place; messages show none.
    private let redactor: Redactor
    private var diagnostics = Diagnostics()
    private var uncounted = 0
    /// Records that disagree with an earlier line of the same file; the line is looked up at the end.
    private var disagreements: [Disagreement] = []
    private var erased: [String: (first: SourcePosition, count: Int)] = [:]
    private var ignored: [IgnoredKey: (first: SourcePosition, count: Int)] = [:]

    /// Problems that are told one by one.
    static let limit = 1_000

    private struct IgnoredKey: Hashable {
        var kind: String
        var key: String
    }

    private struct Disagreement {
        var title: String
        var position: SourcePosition
        var digests: String
    }

    init(file: String, _ redactor: Redactor) {
        self.file = file
        self.redactor = redactor
    }

    // MARK: - Problems

    mutating func add(_ position: SourcePosition, _ message: String, _ suggestion: String? = nil) {
        guard diagnostics.all.count < Self.limit else { return uncounted += 1 }
        diagnostics.append(Diagnostic(file, position, redactor.redact(message).text, suggestion: suggestion))
    }

    /// Has the shape of evidence say what is wrong with a line.
    mutating func addShape(of node: Node, computed: [String]) {
        var node = node
        if case .object(let members) = node.content {
            node.content = .object(members.filter { !computed.contains($0.key) })
        }
        var found = Diagnostics()
        EvidenceImporter.shape.check(node, file: file, name: "the record", into: &found)
        if found.isEmpty { add(node.position, "the record is not as docs/evidence.md declares it") }
        for diagnostic in found.all { add(diagnostic.position ?? node.position, diagnostic.message, diagnostic.suggestion) }
    }

    /// Two records of one identity that are not the same.
    mutating func conflict(_ draft: RecordDraft, with stored: StoredRecord, isInFile: Bool, at position: SourcePosition) {
        let digests = "\(Self.digest(stored.kind, stored.values)) there, \(Self.digest(draft.kind, draft.values)) here"
        if isInFile {
            disagreements.append(Disagreement(title: draft.title, position: position, digests: digests))
        } else {
            add(position, "\(draft.title) is stored with other content (\(digests))", Self.wayOut)
        }
    }

    /// Names the earlier line of each disagreement; reads the file once more when there is any.
    mutating func resolve(identity: (UnsafeBufferPointer<UInt8>, Int) -> String?) throws {
        guard !disagreements.isEmpty else { return }
        let wanted = Set(disagreements.map(\.title))
        var lines: [String: Int] = [:]
        try LineFile(path: file, lineLimit: EvidenceImporter.lineLimit).forEach { bytes, number in
            guard lines.count < wanted.count, let title = identity(bytes, number), wanted.contains(title) else { return }
            if lines[title] == nil { lines[title] = number }
        }
        for found in disagreements {
            let place = lines[found.title].map { "line \($0)" } ?? "an earlier line"
            add(found.position, "\(found.title) is on \(place) with other content (\(found.digests))", Self.wayOut)
        }
        disagreements = []
    }

    /// How many problems there are.
    var count: Int { diagnostics.all.count + uncounted + disagreements.count }

    /// The message of the last problem that is told; nil without one.
    var last: String? { disagreements.last.map { "\($0.title) came twice with other content" } ?? diagnostics.all.last?.message }

    /// - Throws: `InvalidInput` when anything was wrong.
    func throwIfAny(lastLine: Int) throws {
        var diagnostics = diagnostics
        for found in disagreements {
            let message = "\(found.title) is on an earlier line with other content (\(found.digests))"
            diagnostics.append(Diagnostic(file, found.position, message, suggestion: Self.wayOut))
        }
        guard uncounted > 0 else { return try diagnostics.throwIfAny() }
        let rest = uncounted == 1 ? "1 more problem" : "\(uncounted) more problems"
        let end = Diagnostic(file, SourcePosition(line: lastLine + 1, column: 1), "\(rest), not shown")
        throw InvalidInput(diagnostics.all + [end])
    }

    private static let wayOut = "records never change; give the new one its own id"

    private static func digest(_ kind: RecordKind, _ values: [FieldValue]) -> String {
        var buffer = PayloadBuffer()
        buffer.content(kind, values)
        return SHA256Hasher.digest(of: buffer.bytes).short
    }

    // MARK: - Findings

    /// Notes a value that the store computes itself.
    mutating func ignore(_ kind: RecordKind, _ member: Node.Member) {
        let key = IgnoredKey(kind: kind.name, key: member.key)
        ignored[key, default: (member.position, 0)].count += 1
    }

    /// Notes a record that was erased before: taking it in again would undo that.
    mutating func stayOut(_ draft: RecordDraft, at position: SourcePosition) {
        erased[draft.kind.name, default: (position, 0)].count += 1
    }

    /// One finding for each kind that holds erased records, then one for each kind and key, in order of position.
    var findings: [Diagnostic] { stayedOut + overruled }

    private var stayedOut: [Diagnostic] {
        erased.sorted { $0.value.first < $1.value.first }.map { kind, found in
            let records = found.count == 1 ? "1 record" : "\(found.count) records"
            return Diagnostic(
                file, found.first, "\(records) of \(kind) stayed out: erased here before",
                suggestion: "`rung ledger verify` counts what was erased, the ledger tells who did it and why")
        }
    }

    private var overruled: [Diagnostic] {
        ignored.sorted { $0.value.first < $1.value.first }.map { key, found in
            let records = found.count == 1 ? "1 record" : "\(found.count) records"
            return Diagnostic(
                file, found.first, "\"\(key.key)\" of \(key.kind) is computed here; the value of \(records) was ignored",
                suggestion: "leave it out")
        }
    }
}
