public import RungCrypto

/// Which rubric, exactly.
public struct RubricIdentity: Sendable, Equatable {
    public var id: String
    public var version: String
    public var digest: Digest

    public init(id: String, version: String, digest: Digest) {
        self.id = id
        self.version = version
        self.digest = digest
    }

    /// `acme 1.0.0`.
    public var text: String { "\(id) \(version)" }
}

extension Rubric {
    /// Name, version and digest.
    public var identity: RubricIdentity { RubricIdentity(id: id, version: version, digest: digest) }
}

/// Two rubrics side by side: what changed, and whether their versions say so.
public struct RubricDiff: Sendable, Equatable {
    public var old: RubricIdentity
    public var new: RubricIdentity
    /// The rubric itself, stages, dimensions, statements, criteria, symptoms, frameworks; each in the order of the files.
    public var changes: [RubricChange]

    public init(old: RubricIdentity, new: RubricIdentity, changes: [RubricChange]) {
        self.old = old
        self.new = new
        self.changes = changes
    }

    /// The largest step that any of the changes asks for, from 1.0.0 on.
    public var step: RubricVersion.Step { changes.map(\.step).max() ?? .none }

    /// What the versions say of the change.
    public var versions: VersionVerdict {
        if old.digest == new.digest { return .same }
        guard old.id == new.id, let from = RubricVersion(old.version), let to = RubricVersion(new.version) else { return .otherRubric }
        let needed = from.needed(for: step)
        if from == to { return from.draft == nil ? .reused : .draft }
        let found = to.step(from: from)
        if from.draft != nil || to.draft != nil, found == .none { return .draft }
        return found >= needed ? .agree(needed: needed, found: found) : .tooSmall(needed: needed, found: found)
    }

    /// Whether versions and changes go together.
    public enum VersionVerdict: Sendable, Equatable {
        /// The same bytes.
        case same
        /// Rubrics with other names: their versions say nothing of each other.
        case otherRubric
        /// One of them is a draft of the version, and drafts may change.
        case draft
        /// The version went at least as far as the change asks for.
        case agree(needed: RubricVersion.Step, found: RubricVersion.Step)
        /// The version went less far.
        case tooSmall(needed: RubricVersion.Step, found: RubricVersion.Step)
        /// The same version stands for two contents.
        case reused

        /// Whether nothing is wrong.
        public var isRight: Bool {
            switch self {
            case .same, .otherRubric, .draft, .agree: true
            case .tooSmall, .reused: false
            }
        }
    }
}
