import RungCore
import RungEvidence
import RungFormats
import RungReporting

/// A run as people name one: by a results file, or by the id of a recorded run.
struct NamedRun {
    let name: String

    /// Whether the name is that of a file.
    var isFile: Bool { FileBytes.exists(name) || name.hasSuffix(".json") || name.contains("/") }

    /// Its trials as numbers.
    ///
    /// - Parameter store: opened only where the name is that of a recorded run.
    func values(compared: ComparedValue, store: () throws -> EvidenceStore) throws -> RunValues {
        isFile ? try ResultsFile.values(path: name, compared: compared) : try store().values(of: RunID(name), compared: compared)
    }
}
