import RungCore
import RungText

/// Decides the origin of each record of an import: the source's where it can vouch for the kind, else nobody's.
///
/// A class because it counts what it decides.
final class SourceGate {
    private let source: EvidenceSource?
    private let file: String
    /// What becomes of records without a source.
    private let unvouched: RecordOrigin
    /// Records that the source vouches for.
    private(set) var authenticated = 0
    private var covered: [(kind: RecordKind, isCovered: Bool)] = []
    private var uncovered: [String: Tally] = [:]
    private var keptUnsigned: [String: Tally] = [:]

    private struct Tally {
        var first: SourcePosition
        var count = 0
    }

    /// - Parameters:
    ///   - id: who has proved to have sent the import; nil for nobody.
    ///   - unvouched: the origin of records without a source.
    /// - Throws: `EvidenceError` (unauthenticated) when the source is not registered or revoked by now.
    init(_ id: SourceID?, file: String, _ writer: RecordWriter, unvouched: RecordOrigin = .imported) throws {
        self.file = file
        self.unvouched = unvouched
        source = try id.map {
            try EvidenceStore.active($0, SourceHistory.all(writer.connection, writer.codes)[$0.rawValue]).source
        }
    }

    /// The origin of a record that is about to be stored.
    func origin(of kind: RecordKind, at position: SourcePosition) -> RecordOrigin {
        guard source != nil else { return unvouched }
        if covers(kind) { authenticated += 1 } else { uncovered[kind.name, default: Tally(first: position)].count += 1 }
        return origin(of: kind)
    }

    /// The origin of every record of a kind.
    func origin(of kind: RecordKind) -> RecordOrigin {
        guard let source else { return unvouched }
        guard covers(kind) else { return .imported }
        return .source(source.id.rawValue)
    }

    /// Whether a record needs not be stored again, given those that say the same.
    ///
    /// What came without a source before stays as it is, but for a state: the source tells it anew, and vouches for it.
    func isKnown(_ same: [StoredRecord], at position: SourcePosition) -> Bool {
        guard let kind = same.first?.kind else { return false }
        guard covers(kind), same.allSatisfy({ $0.origin == .imported }) else { return true }
        if case .state = kind.change { return false }
        keptUnsigned[kind.name, default: Tally(first: position)].count += 1
        return true
    }

    private func covers(_ kind: RecordKind) -> Bool {
        if let known = covered.first(where: { $0.kind === kind }) { return known.isCovered }
        let isCovered = source.map { SourceAuthority.covers(kind.name, $0.type) } ?? false
        covered.append((kind, isCovered))
        return isCovered
    }

    /// One finding for each kind that the source could not vouch for, in order of position.
    var findings: [Diagnostic] {
        guard let source else { return [] }
        let outside = uncovered.map { kind, tally in
            finding(
                tally, "\(Self.count(tally.count)) of \(kind) \(tally.count == 1 ? "counts" : "count") as not authenticated",
                "a source of type \(source.type.rawValue) can vouch for: "
                    + SourceAuthority.kinds(of: source.type).joined(separator: ", "))
        }
        let kept = keptUnsigned.map { kind, tally in
            finding(
                tally,
                "\(Self.count(tally.count)) of \(kind) \(tally.count == 1 ? "was" : "were") stored before without a source, "
                    + "and \(tally.count == 1 ? "stays" : "stay") not authenticated", "let the source send first")
        }
        return (outside + kept).sorted { ($0.position ?? .start, $0.message) < ($1.position ?? .start, $1.message) }
    }

    private func finding(_ tally: Tally, _ message: String, _ suggestion: String) -> Diagnostic {
        Diagnostic(file, tally.first, message, suggestion: suggestion)
    }

    private static func count(_ number: Int) -> String { number == 1 ? "1 record" : "\(number) records" }
}
