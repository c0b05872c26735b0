/// A read-only SQL view: the contract that measures, dashboards and auditors read.
///
/// One declaration makes the view in the file (the present state), the view at a cut-off (for measures) and its page in
/// the documentation.
struct View: Sendable {
    let name: String
    /// One sentence.
    let summary: String
    /// In the order of the result.
    let columns: [Column]
    /// Views that the definition reads.
    let uses: [String]
    /// Columns that measures look rows up by.
    let index: [String]
    let kind: Kind
    /// The definition. `{cut}` stands for the number of records that are seen, `{entries}` for that of entries, `{before}`
    /// for the moment (seconds since 1970) before which times are seen, `{verified}` for the number of entries that verify,
    /// `{consistent}` for the size up to which stored checkpoints agree with the entries.
    let sql: String

    /// How a view is kept at a cut-off.
    enum Kind: Sendable {
        /// Worked out once, when the first measure asks for it.
        case table
        /// Worked out for each query; for views with a row for each interaction.
        case view
    }

    /// One column.
    struct Column: Sendable {
        let name: String
        let type: ColumnType
        /// Unit, or the values that it can have.
        let unit: String
        let isNullable: Bool
        let meaning: String
    }

    /// The three types that both engines know.
    enum ColumnType: String, Sendable {
        case text = "TEXT"
        case integer = "INTEGER"
        case real = "REAL"
    }

    init(
        _ name: String, _ summary: String, uses: [String] = [], index: [String] = [], kind: Kind = .table, columns: [Column],
        sql: String
    ) {
        self.name = name
        self.summary = summary
        self.columns = columns
        self.uses = uses
        self.index = index
        self.kind = kind
        self.sql = sql
    }

    /// Whether the definition asks how far the ledger can be trusted.
    var needsTrust: Bool { ["{verified}", "{consistent}"].contains { sql.contains($0) } }
}

extension View.Column {
    /// A column that always holds text.
    static func text(_ name: String, _ unit: String, _ meaning: String = "") -> Self {
        Self(name: name, type: .text, unit: unit, isNullable: false, meaning: meaning)
    }

    /// A column that may hold text.
    static func optionalText(_ name: String, _ unit: String, _ meaning: String = "") -> Self {
        Self(name: name, type: .text, unit: unit, isNullable: true, meaning: meaning)
    }

    /// A time that is always there.
    static func time(_ name: String, _ meaning: String = "") -> Self {
        Self(name: name, type: .text, unit: "time", isNullable: false, meaning: meaning)
    }

    /// A time that may be missing.
    static func optionalTime(_ name: String, _ meaning: String = "") -> Self {
        Self(name: name, type: .text, unit: "time", isNullable: true, meaning: meaning)
    }

    /// A whole number that is always there.
    static func integer(_ name: String, _ unit: String, _ meaning: String = "") -> Self {
        Self(name: name, type: .integer, unit: unit, isNullable: false, meaning: meaning)
    }

    /// A whole number that may be missing.
    static func optionalInteger(_ name: String, _ unit: String, _ meaning: String = "") -> Self {
        Self(name: name, type: .integer, unit: unit, isNullable: true, meaning: meaning)
    }

    /// A number that may be missing.
    static func real(_ name: String, _ unit: String, _ meaning: String = "") -> Self {
        Self(name: name, type: .real, unit: unit, isNullable: true, meaning: meaning)
    }
}

/// Pieces of SQL that many views share.
enum ViewSQL {
    /// Seconds as `YYYY-MM-DDTHH:MM:SSZ`.
    static func time(_ seconds: String) -> String { "strftime('%Y-%m-%dT%H:%M:%SZ', \(seconds), 'unixepoch')" }

    /// The same, or NULL for times that the cut-off hides.
    static func seen(_ seconds: String) -> String { "CASE WHEN \(seconds) < {before} THEN \(time(seconds)) END" }

    /// The word behind a code.
    static func word(_ code: String) -> String { "(SELECT text FROM record_codes WHERE code = \(code))" }

    /// The code of a word.
    static func code(_ word: String) -> String { "(SELECT code FROM record_codes WHERE text = '\(word)')" }

    static func digest(_ bytes: String) -> String { "'sha256:' || NULLIF(lower(hex(\(bytes))), '')" }

    /// When the entry of a record was appended.
    static func ledgerTime(_ record: String) -> String {
        "(SELECT e.at FROM ledger_entries e WHERE e.first_record <= \(record) ORDER BY e.first_record DESC LIMIT 1)"
    }

    /// Since when a state holds: as claimed, else the ledger's time.
    static func since(_ row: String) -> String { "COALESCE(\(row).at, \(ledgerTime("\(row).record")))" }

    /// A common table expression `name`: the latest state of each id, as far as it can be seen. States of a registry
    /// snapshot end with the next snapshot.
    static func latest(_ name: String, _ table: String) -> String {
        """
        \(name)_seen AS (SELECT r.*, \(since("r")) AS since FROM \(table) r WHERE r.record < {cut}),
        \(name) AS (
          SELECT * FROM (
            SELECT s.*, ROW_NUMBER() OVER (PARTITION BY s.id ORDER BY s.since DESC, s.record DESC) AS rank
            FROM \(name)_seen s WHERE s.since < {before}) t
          WHERE t.rank = 1 AND (t.snapshot IS NULL OR t.snapshot = (
            SELECT MAX(g.record) FROM registry_records g
            WHERE g.record < {cut} AND \(ledgerTime("g.record")) < {before})))
        """
    }
}
