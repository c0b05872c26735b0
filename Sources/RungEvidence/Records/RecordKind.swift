import RungText

/// A kind of record, declared once: its table, what importers accept, its canonical bytes and its identity.
///
/// A final class because the declarations are shared constants that are compared by identity on hot paths.
final class RecordKind: Sendable {
    /// The word in the `kind` member of files, digests and the ledger.
    let name: String
    /// One sentence for the reference page.
    let summary: String
    /// Sorted by key.
    let fields: [RecordField]
    /// Keys of the fields that tell records of the kind apart.
    let identity: [String]
    let change: Change
    /// Keys that a sender may think of, and that the store computes itself.
    let computed: [String]
    /// Keys of fields whose given value does not count in this record.
    let overruled: @Sendable (RecordDraft) -> [String]
    /// Fills the fields that follow from others, after an import has checked the shape.
    let derive: @Sendable (inout RecordDraft) -> Void
    /// Problems that a shape cannot say: the key of the field and a lower-case fragment.
    let problems: @Sendable (RecordDraft) -> [Problem]
    /// Fills the fields that follow from what lies in the store, and tells what does not agree with it. What it reads must
    /// never change again, so that the same line always gives the same record.
    let resolve: (@Sendable (inout RecordDraft, RecordResolver) throws -> [Problem])?

    /// What a second record with the same identity means.
    enum Change: Sendable {
        /// An error, unless it is the very same record.
        case never
        /// The state of the same thing at another time.
        case state
    }

    /// Something wrong with a record, and the field it is about.
    struct Problem: Sendable {
        var key: String
        var message: String
        var suggestion: String?
    }

    init(
        _ name: String, _ summary: String, identity: [String] = [], change: Change = .never, computed: [String] = [],
        fields: [RecordField], derive: (@Sendable (inout RecordDraft) -> Void)? = nil,
        problems: (@Sendable (RecordDraft) -> [Problem])? = nil, overruled: (@Sendable (RecordDraft) -> [String])? = nil,
        resolve: (@Sendable (inout RecordDraft, RecordResolver) throws -> [Problem])? = nil
    ) {
        self.name = name
        self.summary = summary
        self.fields = fields
        self.identity = identity
        self.change = change
        self.computed = computed
        self.derive = derive ?? { _ in }
        self.problems = problems ?? { _ in [] }
        self.overruled = overruled ?? { _ in [] }
        isPlain = derive == nil && problems == nil && overruled == nil && resolve == nil
        self.resolve = resolve
        table = Self.table(for: name)
        layout = fields.map(\.layout)
        ending = "},\"kind\":\"\(name)\",\"origin\":"
        references = layout.indices.filter { if case .reference = fields[$0].storage { true } else { false } }
        timePosition = Self.timePosition(of: fields)
        isRolledUp = InteractionReferences.kinds.contains(name) || RollupKeeper.kinds.contains(name)
        importable = fields.enumerated().filter { $0.element.shape != nil }.map(\.offset)
    }

    /// `promptVersion` records are kept in the table `prompt_version_records`.
    let table: String
    /// Keys and storage of the fields, for hot paths.
    let layout: [RecordField.Layout]
    /// What follows the fields in the canonical bytes, up to the origin.
    let ending: String
    /// Whether its records need nothing but the shapes of their fields, and no time later than now.
    let isPlain: Bool
    /// Whether roll-ups of interactions depend on it.
    let isRolledUp: Bool
    /// Positions of the fields that importers accept.
    let importable: [Int]
    /// Positions of the fields that hold numbers of other records.
    let references: [Int]
    /// Position of the field that says when a record happened; nil for kinds that only the ledger dates.
    let timePosition: Int?

    private static func table(for name: String) -> String {
        name.map { $0.isUppercase ? "_\($0.lowercased())" : String($0) }.joined() + "_records"
    }

    /// The position of a field.
    ///
    /// - Precondition: the kind has a field of that name.
    func position(of name: String) -> Int {
        guard let position = fields.firstIndex(where: { $0.name == name }) else {
            preconditionFailure("\(self.name) has no field \(name)")
        }
        return position
    }

    /// What one line of an evidence file of this kind looks like, without `kind` itself.
    var shape: ObjectShape {
        ObjectShape(
            name, summary,
            importable.map { fields[$0] }.compactMap { field in
                guard let shape = field.shape else { return nil }
                return field.isRequired
                    ? .required(field.name, shape, field.summary) : .optional(field.name, shape, field.summary)
            })
    }
}

/// The values of one record in the making, in the order of the fields.
struct RecordDraft {
    let kind: RecordKind
    var values: [FieldValue]

    init(_ kind: RecordKind) {
        self.kind = kind
        values = [FieldValue](repeating: .null, count: kind.fields.count)
    }

    /// The value of a field by its key.
    subscript(name: String) -> FieldValue {
        get { values[kind.position(of: name)] }
        set { values[kind.position(of: name)] = newValue }
    }
}

extension RecordKind {
    /// Lets a `switch` tell kinds apart.
    static func ~= (pattern: RecordKind, kind: RecordKind) -> Bool { pattern === kind }
}
