internal import RungCore
internal import RungText

/// Finds what only the whole file shows: names without a target, circles, thresholds in the wrong order.
///
/// Works on documents whose shape is wrong too, so that all problems are reported at once; what is missing is passed over.
struct RubricChecker {
    /// The document.
    let root: Node
    /// The path for messages.
    let file: String
    /// The public frameworks that criteria may name.
    let crosswalk: RubricCrosswalk
    /// What was found so far.
    private(set) var diagnostics = Diagnostics()

    init(root: Node, file: String, crosswalk: RubricCrosswalk = RubricCrosswalk(frameworks: [])) {
        self.root = root
        self.file = file
        self.crosswalk = crosswalk
    }

    /// Runs every check.
    mutating func checkAll() {
        checkVersion()
        checkStages()
        checkUnique(root["criteria"], "criterion")
        checkUnique(root["symptoms"], "symptom")
        let known = KnownNames(root)
        let frameworks = checkFrameworks()
        reportRepeatedLines()
        for criterion in root["criteria"]?.array ?? [] {
            check(criterion, known)
            checkCrosswalk(criterion, frameworks)
        }
        for symptom in root["symptoms"]?.array ?? [] {
            checkLines(symptom, known)
            checkColumns(symptom["sql"], ["entity", "satisfied", "total"], "the query")
        }
        checkCircles()
    }

    mutating func report(_ position: SourcePosition, _ message: String, _ suggestion: String? = nil) {
        diagnostics.append(Diagnostic(file, position, message, suggestion: suggestion))
    }

    // MARK: - The frame

    private mutating func checkVersion() {
        guard let node = root["version"], let version = node.string, RubricVersion(version) == nil else { return }
        report(node.position, "\"version\" is \"\(version)\", expected three numbers such as 1.4.0, or 1.4.0-draft")
    }

    private mutating func checkStages() {
        for (index, stage) in (root["stages"]?.array ?? []).enumerated() {
            guard let node = stage["number"], let number = node.int else { continue }
            if number != index + 1 {
                report(node.position, "stage \(number) stands in place \(index + 1)", "stages are numbered 1, 2, 3 … in order")
            }
            guard number > 1, let complete = stage["complete"], complete.bool == true else { continue }
            let hasCriteria = (root["criteria"]?.array ?? []).contains { $0["stage"]?.int == number }
            if !hasCriteria {
                report(
                    complete.position, "stage \(number) is declared complete, but no criterion belongs to it",
                    "a stage without criteria would be earned by nothing: set complete: false")
            }
        }
    }

    private mutating func checkUnique(_ list: Node?, _ kind: String) {
        var first: [String: SourcePosition] = [:]
        for node in (list?.array ?? []).compactMap({ $0["id"] }) {
            guard let id = node.string else { continue }
            if let earlier = first[id] {
                report(node.position, "\(kind) \"\(id)\" stands twice; the first is in line \(earlier.line)")
            } else {
                first[id] = node.position
            }
        }
    }

    private mutating func reportRepeatedLines() {
        var seen: Set<String> = []
        for (id, position) in KnownNames.lines(of: root) where !seen.insert(id).inserted {
            report(position, "line \"\(id)\" of the model stands twice")
        }
    }

    /// Whether every line of the model that something can be measured by is answered.
    mutating func checkCoverage() {
        let asked = ((root["criteria"]?.array ?? []) + (root["symptoms"]?.array ?? [])).flatMap { $0["lines"]?.strings ?? [] }
        let answered = Set(asked)
        for (id, position) in KnownNames.lines(of: root, background: false) where !answered.contains(id) {
            report(
                position, "no criterion and no symptom answers line \"\(id)\" of the model",
                "name it under `lines` of one, or put it under `background`")
        }
    }

    // MARK: - One criterion

    private mutating func check(_ criterion: Node, _ known: KnownNames) {
        if let node = criterion["stage"], let stage = node.int, !known.stages.contains(stage) {
            report(
                node.position, "no stage \(stage) in this rubric", "known here: \(known.stages.map(String.init).joined(separator: ", "))")
        }
        checkName(criterion["dimension"], "dimension", known.dimensions)
        for node in criterion["prerequisites"]?.array ?? [] { checkName(node, "prerequisite", known.criteria) }
        checkName(criterion["remediation"]?["level-up"], "level-up action", known.levelUps)
        checkLines(criterion, known)
        if let measure = criterion["measure"] { checkMeasure(measure) }
    }

    private mutating func checkName(_ node: Node?, _ kind: String, _ known: [String]) {
        guard let node, let name = node.string, !known.contains(name) else { return }
        report(node.position, "unknown \(kind) \"\(name)\"", NearestWord.suggestion(for: name, among: known))
    }

    private mutating func checkLines(_ node: Node, _ known: KnownNames) {
        for line in node["lines"]?.array ?? [] { checkName(line, "line of the model", known.lines) }
    }

    private mutating func checkMeasure(_ measure: Node) {
        let isShare = measure["aggregate"]?.string == Criterion.Aggregate.share.rawValue
        if measure["aggregate"]?.string != nil {
            checkColumns(measure["sql"], isShare ? ["entity", "satisfied", "total"] : ["entity", "value"], "the query")
        }
        checkColumns(measure["detector"], ["ran"], "the detector")
        checkColumns(measure["applicability"], ["applicable"], "the query of applicability")
        if let node = measure["population"], node.string == Criterion.Population.sample.rawValue, !isShare {
            report(node.position, "only a share can be measured on a sample, found aggregate \(measure["aggregate"]?.string ?? "?")")
        }
        guard let better = measure["better"]?.string.flatMap(Criterion.Direction.init), let full = measure["full"],
            let fullValue = full.double, let partial = measure["partial"]?.double
        else { return }
        switch better {
        case .up: checkUpward(measure, full, fullValue, partial, isShare: isShare)
        case .down: checkDownward(measure, full, fullValue, partial, isShare: isShare)
        }
    }

    private mutating func checkUpward(_ measure: Node, _ full: Node, _ fullValue: Double, _ partial: Double, isShare: Bool) {
        if !(0 < partial && partial < fullValue) {
            let found = "found partial \(CanonicalJSON.text(of: partial)) and full \(CanonicalJSON.text(of: fullValue))"
            report(full.position, "more is better, so 0 < partial < full is needed, \(found)")
        }
        if isShare, fullValue > 1 {
            report(full.position, "a share is at most 1, found full \(CanonicalJSON.text(of: fullValue))")
        }
        if let zero = measure["zero"], !zero.isNull {
            report(zero.position, "\"zero\" has a meaning only where less is better", "leave it out, or set better: down")
        }
    }

    private mutating func checkDownward(_ measure: Node, _ full: Node, _ fullValue: Double, _ partial: Double, isShare: Bool) {
        if isShare, let better = measure["better"] {
            report(better.position, "more of a share is better", "let the query count what is good, and set better: up")
        }
        let order = "less is better, so full < partial < zero is needed"
        let found = "found full \(CanonicalJSON.text(of: fullValue)), partial \(CanonicalJSON.text(of: partial))"
        guard let zero = measure["zero"], let zeroValue = zero.double else {
            report(full.position, "\(order), \(found) and no zero", "add zero: the value where credit reaches 0")
            return
        }
        if !(fullValue < partial && partial < zeroValue) {
            report(full.position, "\(order), \(found), zero \(CanonicalJSON.text(of: zeroValue))")
        }
    }

    private mutating func checkColumns(_ sql: Node?, _ columns: [String], _ what: String) {
        guard let sql, let text = sql.string else { return }
        let words = Set(text.split { !($0.isLetter || $0.isNumber || $0 == "_") })
        let missing = columns.filter { !words.contains($0[...]) }
        guard !missing.isEmpty else { return }
        let names = missing.map { "\"\($0)\"" }.joined(separator: ", ")
        report(sql.position, "\(what) does not name \(names)", "its columns are (\(columns.joined(separator: ", ")))")
    }

    // MARK: - Circles

    private mutating func checkCircles() {
        let criteria = (root["criteria"]?.array ?? []).compactMap { node in node["id"]?.string.map { ($0, node) } }
        let needs = Dictionary(criteria.map { ($0.0, $0.1["prerequisites"]?.strings ?? []) }) { first, _ in first }
        var reported: Set<String> = []
        for (id, node) in criteria where !reported.contains(id) {
            guard let circle = Self.circle(from: id, needs) else { continue }
            reported.formUnion(circle)
            let path = (circle + [id]).joined(separator: " → ")
            report(node["prerequisites"]?.position ?? node.position, "prerequisites go round in a circle: \(path)")
        }
    }

    /// The shortest way from a criterion over its prerequisites back to itself; nil when there is none.
    private static func circle(from start: String, _ needs: [String: [String]]) -> [String]? {
        var paths: [[String]] = [[start]]
        var seen: Set<String> = []
        var index = 0
        while index < paths.count {
            let path = paths[index]
            index += 1
            for next in needs[path[path.count - 1]] ?? [] {
                if next == start { return path }
                if seen.insert(next).inserted { paths.append(path + [next]) }
            }
        }
        return nil
    }
}

/// The names that a rubric file declares.
private struct KnownNames {
    /// Numbers of the stages, in the order of the file.
    let stages: [Int]
    /// Codes of the dimensions.
    let dimensions: [String]
    /// Ids of the criteria, each once.
    let criteria: [String]
    /// Ids of the level-up actions.
    let levelUps: [String]
    /// Ids of all statements of the model.
    let lines: [String]

    init(_ root: Node) {
        let stageNodes = root["stages"]?.array ?? []
        stages = stageNodes.compactMap { $0["number"]?.int }
        dimensions = (root["dimensions"]?.members ?? []).map(\.key)
        var seen: Set<String> = []
        criteria = (root["criteria"]?.array ?? []).compactMap { $0["id"]?.string }.filter { seen.insert($0).inserted }
        levelUps = stageNodes.flatMap { $0["level-up"]?.members ?? [] }.map(\.key)
        lines = Self.lines(of: root).map(\.id)
    }

    /// Every statement of the model with its place, in the order of the file.
    ///
    /// - Parameter background: whether to name those too by which nothing can be measured.
    static func lines(of root: Node, background: Bool = true) -> [(id: String, position: SourcePosition)] {
        var found: [(id: String, position: SourcePosition)] = []
        for member in (root["stages"]?.array ?? []).flatMap({ $0.members ?? [] }) + (root.members ?? []) {
            switch member.key {
            case "key-risk", "key-shift":
                if let node = member.value["id"], let id = node.string { found.append((id, node.position)) }
            case "background" where !background: break
            case "deficits", "capabilities", "statements", "level-up", "background":
                found += (member.value.members ?? []).map { ($0.key, $0.position) }
            default: break
            }
        }
        return found
    }
}
