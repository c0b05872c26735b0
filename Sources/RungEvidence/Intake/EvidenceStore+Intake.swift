public import RungCore

extension EvidenceStore {
    /// Appends and holds what `body` hands in: all of it or, when anything is wrong or `body` throws, nothing.
    ///
    /// A record that is stored already changes nothing, even when more or less was told about it then.
    ///
    /// - Parameters:
    ///   - name: what messages and the ledger call the import, such as the path of a file.
    ///   - source: the registered source that has proved to have sent it; nil for input that anybody could have made.
    public func importStaged(
        from name: String, source: SourceID? = nil, actor: PrincipalID, dryRun: Bool = false, _ body: (any EvidenceStage) throws -> Void
    ) throws -> ImportReport {
        let file = name.split(separator: "/").last.map(String.init) ?? name
        return try append(actor: actor.rawValue, reason: "import of \(file)", dryRun ? .rollback : .commit) { appender in
            let intake = try EvidenceIntake(name, source, appender)
            try body(intake)
            return try intake.report(isDryRun: dryRun)
        }
    }

    /// Appends and holds what several senders sent, in one transaction that is on disk when this returns.
    ///
    /// - Parameters:
    ///   - name: what the ledger calls it, such as `receiver`.
    ///   - body: says with `begin` who sent what follows; when it throws, nothing of the group is stored.
    public func takeIn<Value>(from name: String, actor: PrincipalID, _ body: (EvidenceIntake) throws -> Value) throws -> Value {
        try append(actor: actor.rawValue, reason: name) { appender in
            try body(try EvidenceIntake(name, nil, appender))
        }
    }

    /// How many pieces wait for the rest of their group.
    public func heldPieces() throws(EvidenceError) -> Int {
        try read { connection in
            Int(try EvidenceDatabase.integer("SELECT COUNT(*) FROM held_pieces", on: connection) ?? 0)
        }
    }
}
