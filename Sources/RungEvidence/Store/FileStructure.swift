/// Whether the file itself is whole: pages, the order of rows, the types of values, and indexes that lead to every row.
enum FileStructure {
    /// What SQLite finds wrong; nil when nothing is.
    ///
    /// A damaged index changes no record, but hides records from queries.
    static func fault(_ connection: OpaquePointer) throws -> String? {
        let found = try SQLStatement("PRAGMA main.integrity_check(1)", on: connection).first { $0.text(0) }
        guard let found, found != "ok" else { return nil }
        return "the file is damaged: \(found.split(separator: "\n").last ?? "")"
    }
}
