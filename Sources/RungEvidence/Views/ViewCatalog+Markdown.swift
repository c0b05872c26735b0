import RungText

/// The reference page docs/evidence.md, generated from the declarations, so that it cannot disagree with them.
extension ViewCatalog {
    /// The whole page; ends with a line break.
    public static var markdown: String {
        var lines = introduction.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        for view in all { lines += section(view) }
        lines += ["## Records", ""]
        lines += importText.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        for kind in RecordCatalog.importable { lines += section(kind) }
        return lines.joined(separator: "\n")
    }

    private static func section(_ view: View) -> [String] {
        var lines = [
            "### \(view.name)", "", view.summary, "", "| column | type | unit or values | null | meaning |", "|---|---|---|---|---|",
        ]
        for column in view.columns {
            let cells = [column.name, column.type.rawValue, column.unit, column.isNullable ? "yes" : "no", column.meaning]
            lines.append("| " + cells.joined(separator: " | ") + " |")
        }
        return lines + [""]
    }

    private static func section(_ kind: RecordKind) -> [String] {
        var lines = ["### \(kind.name)", "", kind.summary, ""]
        lines.append("Told apart by \(kind.identity.map { "`\($0)`" }.joined(separator: ", ")). \(change(kind))")
        if !kind.computed.isEmpty {
            lines.append("Computed, so ignored when given: \(kind.computed.map { "`\($0)`" }.joined(separator: ", ")).")
        }
        lines += ["", "| key | value | needed | meaning |", "|---|---|---|---|"]
        for field in kind.importable.map({ kind.fields[$0] }) {
            lines.append("| \(field.name) | \(value(field)) | \(field.isRequired ? "yes" : "no") | \(field.summary) |")
        }
        return lines + [""]
    }

    private static func change(_ kind: RecordKind) -> String {
        switch kind.change {
        case .never: "A second record with other content is an error."
        case .state: "A later record tells the state anew."
        }
    }

    private static func value(_ field: RecordField) -> String {
        switch field.shape {
        case .string(.oneOf(let words))?: words.joined(separator: ", ")
        case .string(.timestamp)?: "UTC time"
        case .string(.digest)?: "sha256:…"
        case .string?: "text"
        case .integer?: "whole number"
        case .number?: "number"
        case .bool?: "true or false"
        case .array(.string, _)?: "list of texts"
        case .array(.number, _)?: "list of numbers"
        case .array?: "list of mappings"
        case .map?: "mapping"
        default: "any"
        }
    }

    private static let introduction = """
        # Evidence

        All evidence of a workspace lies in one SQLite file. Records are appended, never changed; each is bound by an entry of
        the ledger. The views below are the contract that measures, dashboards and auditors read; the tables behind them may
        change. Any SQLite client can read the views in the file: they show the present state. An assessment reads the same
        views as of a midnight (UTC) and a size of the ledger: no column holds a time at or later than that, except promises
        (`due_at`, `scenario_due_at`, `triage_due_at`, `outcome_due_at`, `expires_at`).

        - Times are text, `YYYY-MM-DDTHH:MM:SSZ`; flags are 0 or 1; digests are `sha256:` and 64 hexadecimal digits.
        - A measure is one query that gives `(entity, satisfied, total)` or `(entity, value)`. It may name `:as_of` and
          `:window_start`, reads the views alone, and is stopped after ten seconds.
        - What a sender could make look better is computed here from other records and never taken from the sender.

        ## Views

        """

    private static let importText = """
        `rung import evidence FILE` reads JSON Lines: one record a line, `{"kind": …, …}` with the keys below. Unknown keys are
        errors. Either every record of a file is stored or none; a record that is stored already is left alone. No time may be
        later than the moment of the import, promises such as `dueAt` apart. A state without `at` holds from the moment of the import on.

        """
}
