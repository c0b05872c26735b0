internal import RungCore
internal import RungText

/// Finds what is wrong between an overlay and the rubric that it extends: unknown ids, changes of nothing, names that are taken.
struct RubricOverlayChecker {
    /// What was found so far.
    private(set) var diagnostics = Diagnostics()

    private let overlay: RubricOverlay
    private let base: RubricDocument

    init(overlay: RubricOverlay, base: RubricDocument) {
        self.overlay = overlay
        self.base = base
    }

    /// Runs every check.
    mutating func checkAll(crosswalk: RubricCrosswalk) {
        checkIdentity()
        checkChanges()
        checkLeftOut()
        checkAdded("criteria", "criterion", "change it under changes, or give yours an id of its own")
        checkAdded("symptoms", "symptom", "give yours an id of its own")
        checkDimensions()
        checkFrameworks(crosswalk)
    }

    private mutating func report(_ position: SourcePosition, _ message: String, _ suggestion: String? = nil) {
        diagnostics.append(Diagnostic(overlay.file, position, message, suggestion: suggestion))
    }

    private var root: Node { overlay.root }

    /// `agentops-five-stage 0.3.0`, for messages.
    private var baseName: String { base.rubric.identity.text }

    private mutating func checkIdentity() {
        guard let node = root["id"], let id = node.string, [base.rubric.id, base.rubric.base?.id].contains(id) else { return }
        report(node.position, "\"\(id)\" is the rubric that is extended; what comes of it is another one", "give it an id of its own")
    }

    private mutating func checkChanges() {
        let criteria = Dictionary((base.root["criteria"]?.array ?? []).map { ($0["id"]?.string ?? "", $0) }) { first, _ in first }
        var seen: Set<String> = []
        for change in root["changes"]?.array ?? [] {
            guard let node = change["id"], let id = node.string, isKnown(node) else { continue }
            if !seen.insert(id).inserted { report(node.position, "criterion \"\(id)\" is changed twice", "put both into one entry") }
            let named = RubricOverlay.changeable.filter { change[$0].map { !$0.isNull } ?? false }
            if named.isEmpty {
                let keys = RubricOverlay.changeable.joined(separator: ", ")
                report(node.position, "the change of \(id) changes nothing", "name one of: \(keys)")
            }
            for key in named {
                guard let value = change[key], let old = criteria[id]?["measure"]?[key], value.json == old.json else { continue }
                report(value.position, "\"\(key)\" of \(id) is \(value.json.plainText) in \(baseName) already", "leave it out")
            }
        }
    }

    private mutating func checkLeftOut() {
        let changed = Set(RubricOverlay.ids(root["changes"]))
        var seen: Set<String> = []
        for node in (root["left-out"]?.array ?? []).compactMap({ $0["id"] }) {
            guard let id = node.string, isKnown(node) else { continue }
            if !seen.insert(id).inserted { report(node.position, "criterion \"\(id)\" is left out twice") }
            if changed.contains(id) { report(node.position, "criterion \"\(id)\" is changed and left out", "it can only be one of both") }
        }
    }

    /// Whether the rubric below has a criterion of this id; a problem is told when it has none.
    private mutating func isKnown(_ node: Node) -> Bool {
        let known = base.rubric.criteria.map(\.id.rawValue)
        guard let id = node.string, !known.contains(id) else { return true }
        let nearest = NearestWord.of(id, among: known).map { "did you mean \"\($0)\"?" }
        report(node.position, "no criterion \"\(id)\" in \(baseName)", nearest ?? "`rung rubric explain` lists them")
        return false
    }

    private mutating func checkAdded(_ key: String, _ kind: String, _ wayOut: String) {
        let known = Set(RubricOverlay.ids(base.root[key]))
        for node in (root[key]?.array ?? []).compactMap({ $0["id"] }) {
            guard let id = node.string, known.contains(id) else { continue }
            report(node.position, "\(baseName) has a \(kind) \"\(id)\"", wayOut)
        }
    }

    private mutating func checkDimensions() {
        for member in root["dimensions"]?.members ?? [] where base.root["dimensions"]?[member.key] != nil {
            report(member.position, "\(baseName) has a dimension \"\(member.key)\"", "criteria may name it as it is")
        }
    }

    /// Frameworks of the rubric below keep their entries; public ones may get more.
    private mutating func checkFrameworks(_ crosswalk: RubricCrosswalk) {
        for member in root["frameworks"]?.members ?? [] where crosswalk[member.key] == nil {
            guard base.root["frameworks"]?[member.key] != nil else { continue }
            report(member.position, "\(baseName) has a framework \"\(member.key)\"", "give yours another key")
        }
    }
}
