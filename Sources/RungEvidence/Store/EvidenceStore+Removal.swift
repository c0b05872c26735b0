import GRDBSQLite

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

extension EvidenceStore {
    /// Removes the file of a store to which nobody has ever appended anything, for writers that made it and then failed.
    ///
    /// The store must not be used afterwards. Holds the lock for writing meanwhile, so that no other process can have
    /// appended to what is removed; one that has opened the file but not written yet writes to a file without a name, so this
    /// is only for a file that was made a moment ago.
    public func removeIfEmpty() throws(EvidenceError) {
        let path = path
        try database.perform { connection in
            try EvidenceDatabase.execute("BEGIN IMMEDIATE", on: connection)
            defer { sqlite3_exec(connection, "ROLLBACK", nil, nil, nil) }
            guard try StoredHead.read(connection).records == 0 else { return }
            for name in ["", "-wal", "-shm"] { unlink(path + name) }
        }
    }
}
