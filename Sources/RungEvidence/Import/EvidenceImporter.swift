import RungCore
import RungCrypto
import RungText

/// Reads one evidence file into an open transaction, and collects everything that is wrong with it.
///
/// A class because lines come through a callback.
final class EvidenceImporter: EvidenceSink {
    private let file: String
    private let appender: RecordAppender
    private let gate: SourceGate
    private let now: Timestamp
    private let erased: ErasedRecords
    private let firstRecord: Int64
    private var parsers: [String: RecordParser] = [:]
    private var line = 0
    private var records = 0
    private var added: [String: Int] = [:]
    /// Interactions that were stored straight from their lines; in `added` at the end.
    private var newInteractions = 0
    private var unchanged: [String: Int] = [:]
    private(set) var problems: ImportProblems
    /// What a record means whose identity is stored with other content.
    private let repetition: Repetition
    private let interaction = FlatRecord(.interaction)
    private let resolver: RecordResolver
    private let redaction: RecordRedaction

    /// The longest line that is read, in bytes.
    static let lineLimit = 16 * 1_024 * 1_024
    static let shape = Shape.tagged(by: "kind", RecordCatalog.importable.map(\.shape))

    /// What to make of a second record with the identity of a stored one and other content.
    enum Repetition {
        /// The file contradicts the store, or itself.
        case isWrong
        /// The same thing was told again with less or more around it; what was stored first stays.
        case changesNothing
    }

    init(file: String, _ gate: SourceGate, _ appender: RecordAppender, _ repetition: Repetition = .isWrong) throws {
        self.file = file
        self.gate = gate
        self.appender = appender
        self.repetition = repetition
        now = appender.at
        firstRecord = appender.records
        erased = try ErasedRecords(appender.writer.connection)
        redaction = RecordRedaction(appender.writer.redaction.redactor)
        problems = ImportProblems(file: file, redaction.redactor)
        resolver = RecordResolver(appender.writer)
        for kind in RecordCatalog.importable { parsers[kind.name] = RecordParser(kind) }
    }

    /// Reads all lines.
    ///
    /// - Parameter digest: what the file must be, byte for byte; nil for any file.
    func readFile(expecting digest: Digest? = nil) throws {
        let hash = digest.map { _ in ByteHash() }
        do {
            let lines = LinesAhead(
                path: file, lineLimit: Self.lineLimit, hash: hash, now: now, redactor: redaction.redactor,
                origin: gate.origin(of: .interaction), salts: appender.writer.newSalts())
            try lines.forEach { batch, line in
                self.line += 1
                if erased.isEmpty, let (hash, leaf) = batch.show(line, in: interaction), try store(interaction, hash, leaf) { return }
                try read(batch.text(line))
            }
        } catch is LineScanner.LineTooLong {
            let position = SourcePosition(line: line + 1, column: 1)
            throw InvalidInput(
                file, position, "the line is longer than \(Self.lineLimit / 1_024 / 1_024) MiB", suggestion: "write one record a line")
        }
        if let digest, hash?.digest != digest {
            throw EvidenceError(
                .unauthenticated, "\(file) is not the file that was signed",
                suggestion: "sign the file as it is now, or send the one signed")
        }
        if newInteractions > 0 { added[RecordKind.interaction.name, default: 0] += newInteractions }
        try problems.resolve(identity: { line, number in self.identity(of: line, number) })
    }

    func throwIfWrong() throws { try problems.throwIfAny(lastLine: line) }

    func report(isDryRun: Bool) -> ImportReport {
        ImportReport(
            file: file, records: records, added: added, unchanged: unchanged,
            findings: problems.findings + gate.findings + redaction.findings(in: file), isDryRun: isDryRun,
            authenticated: gate.authenticated, ledger: appender.head.ledger)
    }

    /// Takes one record of another reader.
    func append(_ draft: EvidenceDraft) throws {
        records += 1
        line = max(line, Int(draft.position.line))
        var members = [Node.Member(key: "kind", position: draft.position, value: Node(.string(draft.kind), at: draft.position))]
        for member in draft.members {
            members.append(.init(key: member.key, position: draft.position, value: Node(json: member.value, at: draft.position)))
        }
        try read(Node(.object(members), at: draft.position))
    }

    // MARK: - Lines

    private func read(_ bytes: UnsafeBufferPointer<UInt8>) throws {
        guard bytes.contains(where: { $0 > 0x20 }) else { return }
        records += 1
        do {
            try read(try JSONReader.read(bytes, line: line))
        } catch let error as JSONSyntaxError {
            problems.add(error.position, error.message)
        }
    }

    private func read(_ node: Node) throws {
        guard let name = node["kind"]?.string, let parser = parsers[name], let draft = parse(node, parser) else {
            return problems.addShape(of: node, computed: node["kind"]?.string.flatMap { parsers[$0]?.kind.computed } ?? [])
        }
        guard check(draft, node), let record = try resolved(draft, node) else { return }
        try store(record, node)
    }

    private func parse(_ node: Node, _ parser: RecordParser) -> RecordDraft? {
        guard var draft = parser.draft(from: node, ignored: { problems.ignore(parser.kind, $0) }) else { return nil }
        parser.kind.derive(&draft)
        for key in parser.kind.overruled(draft) {
            guard let member = node.members?.first(where: { $0.key == key }) else { continue }
            problems.ignore(parser.kind, member)
        }
        return draft
    }

    /// Problems that are not the shape's; false when there are any.
    private func check(_ draft: RecordDraft, _ node: Node) -> Bool {
        var isRight = true
        for (field, value) in zip(draft.kind.fields, draft.values) {
            guard case .time = field.storage, let time = value.time else { continue }
            let position = node[field.name]?.position ?? node.position
            if time > now, !field.isPromise {
                problems.add(
                    position, "\"\(field.name)\" is \(time), later than now (\(now))",
                    "evidence tells what has happened; correct the time")
                isRight = false
            } else if time.seconds < 0 {
                problems.add(position, "\"\(field.name)\" is \(time), before 1970", "correct the time")
                isRight = false
            }
        }
        for problem in draft.kind.problems(draft) {
            problems.add(node[problem.key]?.position ?? node.position, problem.message, problem.suggestion)
            isRight = false
        }
        return isRight
    }

    /// The record with what follows from the store; nil when it disagrees with the store.
    private func resolved(_ draft: RecordDraft, _ node: Node) throws -> RecordDraft? {
        guard let resolve = draft.kind.resolve else { return draft }
        var draft = draft
        let found = try resolve(&draft, resolver)
        for problem in found { problems.add(node[problem.key]?.position ?? node.position, problem.message, problem.suggestion) }
        return found.isEmpty ? draft : nil
    }

    // MARK: - Storing

    private func store(_ draft: RecordDraft, _ node: Node) throws {
        let draft = redaction.redacted(draft, at: node.position)
        let kind = draft.kind
        guard try !erased.wasErased(draft) else { return problems.stayOut(draft, at: node.position) }
        let stored = try lookup(kind).stored(like: draft)
        if gate.isKnown(stored.filter { $0.values == draft.values }, at: node.position) {
            unchanged[kind.name, default: 0] += 1
        } else if stored.first != nil, case .never = kind.change, case .changesNothing = repetition {
            unchanged[kind.name, default: 0] += 1
        } else if let other = stored.first, case .never = kind.change {
            problems.conflict(draft, with: other, isInFile: other.record >= firstRecord, at: node.position)
        } else {
            try appender.append(draft, gate.origin(of: kind, at: node.position))
            added[kind.name, default: 0] += 1
        }
    }

    /// Stores an interaction that is new; false when one of that identifier is stored already.
    private func store(_ flat: FlatRecord, _ hash: Int64, _ leaf: SaltedLeaf) throws -> Bool {
        let id = flat.columns[InteractionFacts.idPosition].text
        guard try appender.writer.rollups.index.record(of: id, hash: hash) == nil else { return false }
        try appender.append(interaction: flat, gate.origin(of: flat.kind, at: SourcePosition(line: line, column: 1)), hash: hash, leaf)
        records += 1
        newInteractions += 1
        return true
    }

    private func lookup(_ kind: RecordKind) throws -> RecordLookup { try appender.writer.lookup(kind) }

    /// The name of the record on a line, for finding the first of two that disagree; nil for lines that are wrong.
    private func identity(of bytes: UnsafeBufferPointer<UInt8>, _ number: Int) -> String? {
        guard let node = try? JSONReader.read(bytes, line: number), let name = node["kind"]?.string,
            let parser = parsers[name], let draft = parser.draft(from: node, ignored: { _ in })
        else { return nil }
        return draft.title
    }
}
