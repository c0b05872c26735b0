import RungText

/// One field of a kind of record: its key in files and digests, its column, and what it may hold.
struct RecordField: Sendable {
    /// The key in JSON; within a kind the keys are sorted by their bytes.
    let key: StaticString
    /// The key as text.
    let name: String
    let column: String
    let storage: Storage
    /// What an importer accepts; nil for fields that only this module fills.
    let shape: Shape?
    let isRequired: Bool
    /// A time that may lie ahead.
    let isPromise: Bool
    /// One sentence: meaning, unit.
    let summary: String

    /// How a value is kept; the JSON in the digest follows from it.
    enum Storage: Sendable {
        case text
        /// A word that many records share: a number in the column, the word in the digest.
        case coded
        case integer
        case real
        /// 0 or 1; true or false in JSON.
        case flag
        /// Seconds since 1970; `YYYY-MM-DDTHH:MM:SSZ` in JSON.
        case time
        /// 32 bytes; `sha256:…` in JSON.
        case digest
        /// Canonical JSON as text; the value itself in the digest.
        case json
        /// The number of another record of the same store; in the digest as the store counts in which it was recorded first.
        case reference
    }

    /// What hot paths need of a field, without anything to retain.
    struct Layout: Sendable {
        let key: StaticString
        let storage: Storage
    }

    var layout: Layout { Layout(key: key, storage: storage) }

    private init(
        _ key: StaticString, _ storage: Storage, _ shape: Shape?, isRequired: Bool, isPromise: Bool = false, _ summary: String
    ) {
        self.key = key
        name = "\(key)"
        column = Self.column(for: name)
        self.storage = storage
        self.shape = shape
        self.isRequired = isRequired
        self.isPromise = isPromise
        self.summary = summary
    }

    /// A field that every imported record of the kind has.
    static func required(_ key: StaticString, _ storage: Storage, _ shape: Shape, _ summary: String) -> RecordField {
        RecordField(key, storage, shape, isRequired: true, summary)
    }

    /// A field that may be left out.
    static func optional(_ key: StaticString, _ storage: Storage, _ shape: Shape, _ summary: String) -> RecordField {
        RecordField(key, storage, shape, isRequired: false, summary)
    }

    /// A time that every imported record of the kind has, and that may lie ahead.
    static func promise(_ key: StaticString, _ summary: String) -> RecordField {
        RecordField(key, .time, .timestamp, isRequired: true, isPromise: true, summary)
    }

    /// A time that may be left out, and that may lie ahead.
    static func optionalPromise(_ key: StaticString, _ summary: String) -> RecordField {
        RecordField(key, .time, .timestamp, isRequired: false, isPromise: true, summary)
    }

    /// A field that no importer may set.
    static func own(_ key: StaticString, _ storage: Storage, _ summary: String) -> RecordField {
        RecordField(key, storage, nil, isRequired: false, summary)
    }

    /// `promptVersionId` is kept in the column `prompt_version_id`.
    private static func column(for name: String) -> String {
        var column = ""
        for character in name {
            if character.isUppercase { column += "_" }
            column += character.lowercased()
        }
        return column == "index" ? "trial_index" : column
    }
}
