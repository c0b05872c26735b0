public import RungCore
import RungLedger
public import RungText

/// Takes in what several senders sent, within one transaction; each sender's records carry its name.
///
/// A record that is wrong is left out and counted; the others stay. A record that is stored already changes nothing, even
/// when more or less was told about it then. A class because the transaction is one.
public final class EvidenceIntake: EvidenceStage {
    private let appender: RecordAppender
    private let name: String
    private let stage: StagedPieces
    private var importers: [SourceID?: EvidenceImporter] = [:]
    private var importer: EvidenceImporter

    init(_ name: String, _ source: SourceID?, _ appender: RecordAppender) throws {
        self.appender = appender
        self.name = name
        stage = StagedPieces(appender.writer.connection)
        importer = try EvidenceImporter(file: name, SourceGate(source, file: name, appender.writer), appender, .changesNothing)
        importers[source] = importer
    }

    /// What is appended from here on comes from this source; nil for somebody who proved nothing.
    ///
    /// - Throws: `EvidenceError` (unauthenticated) for a source that was revoked by now.
    public func begin(_ source: SourceID?) throws {
        if let known = importers[source] {
            importer = known
        } else {
            importer = try EvidenceImporter(file: name, SourceGate(source, file: name, appender.writer), appender, .changesNothing)
            importers[source] = importer
        }
    }

    /// Records left out so far, of all sources.
    public var refusals: Int { importers.values.reduce(0) { $0 + $1.problems.count } }

    /// Why the last record of the present source was left out, for people; nil when none was.
    public var lastRefusal: String? { importer.problems.last }

    // MARK: - EvidenceStage

    public var now: Timestamp { appender.at }

    public func append(_ draft: EvidenceDraft) throws { try importer.append(draft) }

    public func hold(_ piece: HeldPiece) throws { try stage.hold(piece) }

    public func held(in group: String) throws -> [HeldPiece] { try stage.held(in: group) }

    public func release(_ group: String) throws { try stage.release(group) }

    public func groups(holding name: String, since time: Timestamp, limit: Int) throws -> [String] {
        try stage.groups(holding: name, since: time, limit: limit)
    }

    public var holdsAnything: Bool { get throws { try stage.holdsAnything } }

    public func hasInteraction(_ id: String) throws -> Bool { try stage.hasInteraction(id) }

    public func interactions(beginning prefix: String, limit: Int) throws -> [StoredInteraction] {
        try stage.interactions(beginning: prefix, limit: limit)
    }

    /// What became of everything; throws when anything was left out.
    func report(isDryRun: Bool) throws -> ImportReport {
        try importer.throwIfWrong()
        try appender.closeEntry()
        return importer.report(isDryRun: isDryRun)
    }
}
