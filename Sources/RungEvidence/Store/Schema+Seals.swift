/// Digests of rows that no entry of the ledger binds.
extension Schema {
    static let sealColumns = RowSeal.Table.allCases.map { "ALTER TABLE \($0.rawValue) ADD COLUMN seal BLOB;\n" }.joined()
}
