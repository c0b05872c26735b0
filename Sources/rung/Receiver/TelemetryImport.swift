import RungCore
import RungEvidence
import RungImport
import RungOTLP
import RungText

/// Takes a file of telemetry into a store: all of it, or nothing when anything about the file is wrong.
enum TelemetryImport {
    /// What an import found and what it left behind.
    struct Report {
        var tally: TelemetryTally
        var evidence: RungEvidence.ImportReport

        /// For tools.
        var json: JSONValue {
            .object((evidence.json.members ?? []).filter { $0.key != "formatVersion" } + [.init("telemetry", tally.json)])
        }

        /// For people.
        var text: String { ([evidence.text] + tally.lines.map { "  \($0)" }).joined(separator: "\n") }
    }

    static func run(_ file: String, into store: EvidenceStore, actor: PrincipalID, dryRun: Bool) throws -> Report {
        var tally = TelemetryTally()
        let evidence = try store.importStaged(from: file, actor: actor, dryRun: dryRun) { stage in
            var assembler = TelemetryAssembler(stage: stage, of: .file)
            var diagnostics = Diagnostics()
            try OTLPFile(path: file).forEach { batch in
                for refusal in batch.refusals { diagnostics.append(Diagnostic(file, refusal.position, refusal.reason)) }
                try assembler.take(batch)
            }
            try diagnostics.throwIfAny()
            try assembler.finish()
            tally = assembler.tally
            let others = tally.reasons.sorted { $0.key < $1.key }
            guard others.isEmpty else { throw InvalidInput(others.map { Diagnostic(file, nil, "\($0.key), \($0.value) times") }) }
        }
        return Report(tally: tally, evidence: evidence)
    }
}
