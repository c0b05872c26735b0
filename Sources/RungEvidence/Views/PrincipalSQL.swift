/// SQL about who can act, from the records of people, services and agents.
///
/// What a workspace's registry or a registered source says about somebody outranks what an unsigned file says; only that an
/// account has ended is believed of a file, because nobody gains by it.
enum PrincipalSQL {
    /// The record that says how it stands with the principal `id`, as far as it can be seen.
    static func current(_ id: String) -> String {
        """
        (SELECT told.record FROM principal_records told
         WHERE told.id = \(id) AND told.record < {cut} AND \(ViewSQL.since("told")) < {before}
         ORDER BY told.origin = 1, \(ViewSQL.since("told")) DESC, told.record DESC LIMIT 1)
        """
    }

    /// When the account ended that the record `row` is about, in seconds; NULL while it is active.
    ///
    /// It has ended at the time given, with the first snapshot of the registry that does not hold it any more, or when a
    /// later file says so: whatever came first.
    static func leftAt(_ row: String) -> String {
        """
        NULLIF(MIN(
          COALESCE(\(row).left_at, \(never)),
          COALESCE((
            SELECT MIN(\(ViewSQL.ledgerTime("g.record"))) FROM registry_records g
            WHERE g.record > \(row).snapshot AND g.record < {cut} AND \(ViewSQL.ledgerTime("g.record")) < {before}), \(never)),
          COALESCE((
            SELECT MIN(f.left_at) FROM principal_records f
            WHERE f.id = \(row).id AND f.origin = 1 AND \(row).origin <> 1 AND f.record < {cut}
              AND \(ViewSQL.since("f")) >= \(ViewSQL.since(row)) AND \(ViewSQL.since("f")) < {before}), \(never))), \(never))
        """
    }

    /// Whether the principal `id` was a person whose account had not ended at `seconds`. Both are expressions with the name
    /// of their table.
    static func isPerson(_ id: String, at seconds: String) -> String {
        """
        EXISTS (SELECT 1 FROM principal_records person
          WHERE person.record = \(current(id)) AND person.type = \(ViewSQL.code("person"))
            AND COALESCE(\(leftAt("person")), \(never)) > \(seconds))
        """
    }

    /// Later than any time.
    private static let never = "253402300800"
}
