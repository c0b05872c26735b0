internal import RungCore
internal import RungText

extension RubricChecker {
    /// Checks the frameworks that the rubric declares; the ones that its criteria may name, public ones first.
    mutating func checkFrameworks() -> [RubricFramework] {
        for member in root["frameworks"]?.members ?? [] {
            checkUniqueEntries(member.value["ids"])
            guard let known = crosswalk[member.key] else {
                guard member.value["title"]?.string == nil, member.value.members != nil else { continue }
                report(member.position, "framework \"\(member.key)\" has no \"title\"", "add title: what people call it")
                continue
            }
            if known.isComplete {
                report(
                    member.position, "every entry of \(known.title) is known, so nothing can be added to \"\(member.key)\"",
                    "give a framework of your own another key")
            } else if let title = member.value["title"] {
                report(title.position, "\"\(member.key)\" is \(known.title); a rubric adds ids to it and nothing else", "leave title out")
            }
        }
        return crosswalk.extended(by: root["frameworks"])
    }

    private mutating func checkUniqueEntries(_ list: Node?) {
        var seen: Set<String> = []
        for node in list?.array ?? [] {
            guard let id = node.string, !seen.insert(id).inserted else { continue }
            report(node.position, "entry \"\(id)\" stands twice")
        }
    }

    /// Whether every entry that a criterion names is on the list of its framework.
    mutating func checkCrosswalk(_ criterion: Node, _ frameworks: [RubricFramework]) {
        for member in criterion["crosswalk"]?.members ?? [] {
            guard let framework = frameworks.first(where: { $0.id == member.key }) else {
                report(
                    member.position, "unknown framework \"\(member.key)\"",
                    NearestWord.suggestion(for: member.key, among: frameworks.map(\.id)))
                continue
            }
            let known = Set(framework.entries)
            for node in member.value.array ?? [] {
                guard let id = node.string, !known.contains(id) else { continue }
                report(node.position, "\(framework.title) has no \"\(id)\" on its list", wayOut(id, framework))
            }
        }
    }

    /// The nearest id; where none is near, where to find or add them.
    private func wayOut(_ id: String, _ framework: RubricFramework) -> String {
        if let nearest = NearestWord.of(id, among: framework.entries) { return "did you mean \"\(nearest)\"?" }
        let list = "`rung rubric crosswalk --framework \(framework.id)` lists them"
        return framework.isComplete ? list : "\(list); the file may add more under frameworks: \(framework.id)"
    }
}

extension RubricCrosswalk {
    /// The public frameworks with what a rubric adds, then the rubric's own; what is wrong about them is passed over.
    func extended(by node: Node?) -> [RubricFramework] {
        var all = frameworks
        for member in node?.members ?? [] {
            let ids = member.value["ids"]?.strings ?? []
            if let index = all.firstIndex(where: { $0.id == member.key }) {
                guard !all[index].isComplete else { continue }
                all[index].entries += ids.filter { !all[index].entries.contains($0) }
            } else {
                all.append(
                    RubricFramework(
                        id: member.key, title: member.value["title"]?.string ?? member.key, source: member.value["source"]?.string ?? "",
                        isComplete: member.value["complete"]?.bool ?? false, entries: ids))
            }
        }
        return all
    }
}
