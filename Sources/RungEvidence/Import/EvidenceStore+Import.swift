public import RungCore
public import RungCrypto
public import RungText

extension EvidenceStore {
    /// Appends the records of a JSON Lines file: all of them or, when anything is wrong, none.
    ///
    /// A record that is stored already is left alone, so that importing a file twice adds nothing. Memory does not grow with
    /// the file.
    ///
    /// - Parameters:
    ///   - path: one record a line, `{"kind": …, …}`; docs/evidence.md lists the kinds.
    ///   - source: the registered source that has proved to have sent the file; nil for a file that anybody could have made.
    ///   - digest: of the file that the source has signed; nothing is stored when this one is another. Nil for any file.
    ///   - actor: who, as the ledger shall name them.
    ///   - dryRun: whether to check only.
    /// - Throws: `InvalidInput` with all problems, at most 1,000 of them and the number of the others; `EvidenceError`, among
    ///   them (unauthenticated) for a source that is not registered or was revoked.
    public func importEvidence(
        file path: String, source: SourceID? = nil, digest: Digest? = nil, actor: PrincipalID, dryRun: Bool = false
    ) throws -> ImportReport {
        try takeIn(path, source, actor, dryRun) { try $0.readFile(expecting: digest) }
    }

    /// The same, but its records count as recorded by the program itself.
    ///
    /// Meant for worlds of tests and benchmarks, which play the program: nothing that a user can reach calls this.
    @discardableResult
    package func recordEvidence(file path: String, actor: PrincipalID) throws -> ImportReport {
        try takeIn(path, nil, actor, false, unvouched: .recorded) { try $0.readFile() }
    }

    /// Appends what `body` hands to the sink: all of it or, when anything is wrong or `body` throws, nothing.
    ///
    /// - Parameters:
    ///   - name: what messages and the ledger call the import, such as the path of a file.
    ///   - source: the registered source that has proved to have sent it; nil for input that anybody could have made.
    public func importRecords(
        from name: String, source: SourceID? = nil, actor: PrincipalID, dryRun: Bool = false, _ body: (any EvidenceSink) throws -> Void
    ) throws -> ImportReport {
        try takeIn(name, source, actor, dryRun) { try body($0) }
    }

    private func takeIn(
        _ path: String, _ source: SourceID?, _ actor: PrincipalID, _ dryRun: Bool, unvouched: RecordOrigin = .imported,
        _ body: (EvidenceImporter) throws -> Void
    ) throws -> ImportReport {
        let name = path.split(separator: "/").last.map(String.init) ?? path
        let reason = "import of \(name)" + (source.map { " from source \($0)" } ?? "")
        return try append(actor: actor.rawValue, reason: reason, dryRun ? .rollback : .commit) { appender in
            let importer = try EvidenceImporter(
                file: path, SourceGate(source, file: path, appender.writer, unvouched: unvouched), appender)
            try body(importer)
            try importer.throwIfWrong()
            try appender.closeEntry()
            return importer.report(isDryRun: dryRun)
        }
    }

    /// What a line of an evidence file may look like, for the schema in docs/schemas.
    public static var evidenceShape: Shape { EvidenceImporter.shape }

    /// The same for each kind of record.
    public static var recordShapes: [ObjectShape] { RecordCatalog.importable.map(\.shape) }
}
