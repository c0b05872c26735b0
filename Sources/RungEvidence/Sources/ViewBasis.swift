/// Which kinds of records stand behind each view.
enum ViewBasis {
    /// The kinds behind every view that a query names, sorted by name; of counts kept at append only those behind the columns
    /// that it names.
    static func kinds(namedIn sql: String) -> [RecordKind] {
        let words = words(of: sql)
        let names = ViewCatalog.all.filter { words.contains($0.name) }.reduce(into: Set<String>()) { names, view in
            names.formUnion(counted(view.name, words) ?? all[view.name] ?? [])
        }
        return RecordCatalog.all.filter { names.contains($0.name) }
    }

    /// Names of kinds by view: those whose tables its definition reads, those of the views it uses, and those that its
    /// counts were made from.
    static let all: [String: Set<String>] = {
        var all: [String: Set<String>] = [:]
        for view in ViewCatalog.all {
            let words = words(of: view.sql)
            var kinds = Set(RecordCatalog.all.filter { words.contains($0.table) }.map(\.name))
            for used in view.uses { kinds.formUnion(counted(used, words) ?? all[used] ?? []) }
            all[view.name] = kinds.union(counts[view.name]?.values.reduce(into: Set<String>()) { $0.formUnion($1) } ?? [])
        }
        return all
    }()

    /// The kinds behind the columns of a view of counts that are among the words; nil for another view.
    private static func counted(_ view: String, _ words: Set<String>) -> Set<String>? {
        counts[view].map { columns in
            columns.filter { words.contains($0.key) }.values.reduce(into: Set(["interaction"])) { $0.formUnion($1) }
        }
    }

    /// Views that read counts kept at append, in which the records can no longer be seen: what each column was counted from,
    /// beside interactions.
    ///
    /// The text of a prompt version is found by its digest, so it proves itself, whoever handed it in. Without a count from
    /// outside a day of usage would not be there, so all columns of it rest on these counts.
    static let counts: [String: [String: Set<String>]] = [
        "context_days": columns([("agent_id context_version_id day_at environment first_at total", [])]),
        "interaction_days": columns([
            ("agent_id day_at environment explained feedback_offered first_at text_stored total with_memory", []),
            ("corrected outcome_ok trace_complete", ["outcome"]),
            ("corrected_recorded", ["outcome", "override"]),
            ("released", ["release", "releaseEnd"]),
            ("versioned", ["principal", "promptVersion"]),
        ]),
        "usage_days": columns([("agent_id admission_checked attempts counted counted_by day_at environment logged", ["usageCount"])]),
    ]

    private static func columns(_ rows: [(names: String, kinds: Set<String>)]) -> [String: Set<String>] {
        rows.reduce(into: [:]) { columns, row in
            for name in row.names.split(separator: " ") { columns[String(name)] = row.kinds }
        }
    }

    private static func words(of sql: String) -> Set<String> {
        Set(
            sql.lowercased().split(whereSeparator: { !$0.isLetter && !$0.isNumber && $0 != "_" }).map(String.init))
    }
}
