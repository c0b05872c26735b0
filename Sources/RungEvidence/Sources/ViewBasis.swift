/// Which kinds of records stand behind each view.
enum ViewBasis {
    /// The kinds behind every view that a query names, sorted by name.
    static func kinds(namedIn sql: String) -> [RecordKind] {
        let words = words(of: sql)
        let names = ViewCatalog.all.filter { words.contains($0.name) }.reduce(into: Set<String>()) { $0.formUnion(all[$1.name] ?? []) }
        return RecordCatalog.all.filter { names.contains($0.name) }
    }

    /// Names of kinds by view: those whose tables its definition reads, those of the views it uses, and those that its
    /// projections were made from.
    static let all: [String: Set<String>] = {
        var all: [String: Set<String>] = [:]
        for view in ViewCatalog.all {
            let words = words(of: view.sql)
            var kinds = Set(RecordCatalog.all.filter { words.contains($0.table) }.map(\.name))
            for used in view.uses { kinds.formUnion(all[used] ?? []) }
            all[view.name] = kinds.union(projected[view.name] ?? [])
        }
        return all
    }()

    /// Views that read counts kept at append, in which the records can no longer be seen.
    private static let projected: [String: Set<String>] = [
        "context_days": ["interaction"],
        "interaction_days": ["interaction", "outcome", "override", "promptVersion", "release", "releaseEnd"],
        "usage_days": ["interaction", "usageCount"],
    ]

    private static func words(of sql: String) -> Set<String> {
        Set(
            sql.lowercased().split(whereSeparator: { !$0.isLetter && !$0.isNumber && $0 != "_" }).map(String.init))
    }
}
