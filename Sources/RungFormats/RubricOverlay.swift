internal import RungCore
internal import RungCrypto
internal import RungText

/// A rubric file that begins with `extends` and says only what differs.
///
/// What it comes to is a rubric of its own, with its own id, version and digest, that passes the checks of every rubric and knows
/// its changes. A stage of which a key criterion is left out is no longer complete, so that it cannot be earned.
struct RubricOverlay {
    /// The file.
    let root: Node
    /// Its path, which relative paths start from.
    let path: String
    /// Absolute paths of the overlays on the way here, this one the last.
    let overlays: [String]

    /// The path for messages.
    var file: String { FilePath.shown(path) }

    /// Where `extends` stands; what comes from the rubric below has this place.
    var ground: SourcePosition { root["extends"]?.position ?? root.position }

    /// What the file comes to.
    ///
    /// - Throws: `InvalidInput` with every problem of this file, or of the one it extends, in order of position.
    func document(in library: RubricLibrary) throws(InvalidInput) -> RubricDocument {
        var diagnostics = Diagnostics()
        Shape.object(Self.shape).check(root, file: file, name: "the overlay", into: &diagnostics)
        DocumentFile.checkVersion(root, file: file, into: &diagnostics)
        guard let base = try base(in: library, into: &diagnostics) else { throw InvalidInput(diagnostics.all) }
        var checker = RubricOverlayChecker(overlay: self, base: base)
        checker.checkAll(crosswalk: library.crosswalk)
        diagnostics.append(contentsOf: checker.diagnostics)
        let merged = merged(onto: base.root)
        var whole = RubricChecker(root: merged, file: file, crosswalk: library.crosswalk)
        whole.checkAll()
        diagnostics.append(contentsOf: whole.diagnostics)
        guard diagnostics.isEmpty else { throw InvalidInput(diagnostics.all) }
        return RubricDocument(rubric: rubric(merged, base.rubric, base.root, library), name: file, root: merged, source: root)
    }

    private func rubric(_ merged: Node, _ base: Rubric, _ ground: Node, _ library: RubricLibrary) -> Rubric {
        var rubric = RubricFile.rubric(from: merged, digest: digest(onto: base.digest))
        rubric.frameworks = library.crosswalk.extended(by: merged["frameworks"])
        rubric.base = base.base ?? base.identity
        rubric.changes = base.changes + RubricComparison(old: ground, new: merged).changes.compactMap { explained($0, ground) }
        return rubric
    }

    /// SHA-256 of the canonical JSON of both: `{"extends": digest of the rubric below, "overlay": this file}`.
    private func digest(onto base: Digest) -> Digest {
        let both = JSONValue.object(["extends": .string(base.description), "overlay": root.json])
        return SHA256Hasher.digest(of: CanonicalJSON.bytes(of: both))
    }

    /// The change with its reason; nil for what every overlay has of its own.
    private func explained(_ change: RubricChange, _ ground: Node) -> RubricChange? {
        var change = change
        switch (change.subject, change.what) {
        case (.rubric, .title), (.framework, _): return nil
        case (.criterion, .prerequisites): change.reason = "what it needed is left out"
        case (.stage(let number), .complete):
            let keys = keysLeftOut(of: ground).filter { $0.stage == number }.map(\.id).joined(separator: ", ")
            change.reason = "key criterion left out: \(keys); the stage cannot be earned"
        case (.criterion(let id), _):
            let entries = (root["changes"]?.array ?? []) + (root["left-out"]?.array ?? [])
            change.reason = entries.first { $0["id"]?.string == id.rawValue }?["reason"]?.string
        default: break
        }
        return change
    }
}
