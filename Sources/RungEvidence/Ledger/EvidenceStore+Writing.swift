extension EvidenceStore {
    /// Changes what lies beside the ledger in one transaction; nothing of it stays when `body` throws.
    func write<Value>(_ body: (OpaquePointer) throws -> Value) throws(EvidenceError) -> Value {
        try database.perform { connection in
            try EvidenceDatabase.execute("BEGIN IMMEDIATE", on: connection)
            do {
                let value = try body(connection)
                try EvidenceDatabase.execute("COMMIT", on: connection)
                return value
            } catch {
                try? EvidenceDatabase.execute("ROLLBACK", on: connection)
                throw error
            }
        }
    }
}
