import RungText

/// SQL for states that several records tell about, and for what is known at a moment.
extension ViewSQL {
    /// The moment up to which evidence is seen, in seconds: the cut-off; in the file's own views the time of the last entry.
    static let now = """
        (CASE WHEN {before} < \(ViewCatalog.CutOff.none.before.seconds) THEN {before}
          ELSE COALESCE((SELECT at FROM ledger_entries ORDER BY sequence DESC LIMIT 1), 0) END)
        """

    /// A common table expression `name`: the latest state of each `key`, as far as it can be seen, of the records that fulfil
    /// `condition`.
    static func newest(_ name: String, _ table: String, by key: String = "id", where condition: String = "TRUE") -> String {
        """
        \(name) AS (
          SELECT * FROM (
            SELECT s.*, ROW_NUMBER() OVER (PARTITION BY s.\(key) ORDER BY s.since DESC, s.record DESC) AS rank
            FROM (SELECT r.*, \(since("r")) AS since FROM \(table) r WHERE r.record < {cut} AND \(condition)) s
            WHERE s.since < {before}) t
          WHERE t.rank = 1)
        """
    }

    /// What the record of `table` about `subject` said at `seconds`; both are expressions with the name of their table.
    static func then(_ expression: String, _ table: String, _ key: String = "id", is subject: String, at seconds: String) -> String {
        """
        (SELECT \(expression) FROM \(table) g
         WHERE g.\(key) = \(subject) AND g.record < {cut} AND \(since("g")) <= \(seconds)
         ORDER BY \(since("g")) DESC, g.record DESC LIMIT 1)
        """
    }

    /// What came of the interaction `row`, as a code: what was told of it last, else what it said itself.
    static func outcome(of row: String) -> String {
        """
        COALESCE((
          SELECT c.outcome FROM outcome_records c
          WHERE c.interaction_id = \(row).id AND c.outcome IS NOT NULL AND c.record < {cut} AND c.at < {before}
          ORDER BY c.at DESC, c.record DESC LIMIT 1), \(row).outcome)
        """
    }

    /// The beginning of the day that a moment is on; both in seconds.
    static func day(_ seconds: String) -> String { "(\(seconds)) / 86400 * 86400" }
}
