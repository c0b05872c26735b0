public import RungCore
public import RungText

extension EvidenceStore {
    /// Appends the records of a JSON Lines file: all of them or, when anything is wrong, none.
    ///
    /// A record that is stored already is left alone, so that importing a file twice adds nothing. Memory does not grow with
    /// the file.
    ///
    /// - Parameters:
    ///   - path: one record a line, `{"kind": …, …}`; docs/evidence.md lists the kinds.
    ///   - actor: who, as the ledger shall name them.
    ///   - dryRun: whether to check only.
    /// - Throws: `InvalidInput` with all problems, at most 1,000 of them and the number of the others; `EvidenceError`.
    public func importEvidence(file path: String, actor: PrincipalID, dryRun: Bool = false) throws -> ImportReport {
        let name = path.split(separator: "/").last.map(String.init) ?? path
        return try append(actor: actor.rawValue, reason: "import of \(name)", dryRun ? .rollback : .commit) { appender in
            let importer = try EvidenceImporter(file: path, appender)
            try importer.readFile()
            try importer.throwIfWrong()
            try appender.closeEntry()
            return importer.report(isDryRun: dryRun)
        }
    }

    /// What a line of an evidence file may look like, for the schema in docs/schemas.
    public static var evidenceShape: Shape { EvidenceImporter.shape }
}
