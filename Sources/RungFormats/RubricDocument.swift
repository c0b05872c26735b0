public import RungCore
public import RungText

/// A rubric with the file that says it, which comparisons and checks look at.
public struct RubricDocument: Sendable {
    public internal(set) var rubric: Rubric
    /// The name for messages: the path as the user would type it, or `built-in rubric`.
    public let name: String
    /// The whole rubric; of an overlay, what it comes to.
    let root: Node
    /// The file as it stands; the same but for overlays.
    let source: Node

    /// Whether the file says only what differs from another one.
    public var isOverlay: Bool { source["extends"] != nil }

    /// Lines of the model that no criterion and no symptom answers.
    ///
    /// Those that only criteria answered which an overlay leaves out are among them.
    public var uncoveredLines: [Diagnostic] {
        var checker = RubricChecker(root: root, file: name)
        checker.checkCoverage()
        return checker.diagnostics.all
    }

    /// What another rubric says otherwise, with the reasons that overlays give.
    public func diff(to other: RubricDocument) -> RubricDiff {
        let changes = RubricComparison(old: root, new: other.root).changes.map { change in
            var change = change
            let known = other.rubric.changes.last { $0.subject == change.subject && $0.what == change.what && $0.to == change.to }
            change.reason = known?.reason
            return change
        }
        let isReworded = changes.isEmpty && (source.unnamed != other.source.unnamed || rubric.identity.isOther(other.rubric.identity))
        return RubricDiff(
            old: rubric.identity, new: other.rubric.identity, changes: isReworded ? [RubricChange(.rubric, .notation)] : changes)
    }
}

extension Node {
    /// The file without id and version.
    fileprivate var unnamed: [UInt8] {
        let members = (self.members ?? []).filter { $0.key != "id" && $0.key != "version" }
        return CanonicalJSON.bytes(of: Node(.object(members)))
    }
}

extension RubricIdentity {
    /// Whether two rubrics go by one name and are different ones.
    fileprivate func isOther(_ other: RubricIdentity) -> Bool { text == other.text && digest != other.digest }
}
