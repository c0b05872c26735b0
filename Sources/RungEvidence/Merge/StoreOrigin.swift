import RungCrypto

/// What names a store in other stores: the leaf hash of the first entry of its ledger that is its own.
///
/// No two stores share it, because that entry binds random salts of this store; nobody can claim another's, because the ledger is proved
/// with it; and it needs no place of its own. Copies of a file share it: they are one store until their histories part.
enum StoreOrigin {
    /// The name of the store behind a connection; nil while its ledger is empty.
    static func read(_ connection: OpaquePointer) throws -> String? {
        let select = try SQLStatement(
            """
            SELECT leaf FROM ledger_entries e WHERE NOT EXISTS (SELECT 1 FROM merged_entries m WHERE m.entry = e.sequence)
            ORDER BY sequence LIMIT 1
            """, on: connection)
        return try select.first { $0.digest(0)?.description } ?? nil
    }

    /// The first eight digits, for people.
    static func short(_ origin: String) -> String { String(origin.split(separator: ":").last?.prefix(8) ?? "") }
}
