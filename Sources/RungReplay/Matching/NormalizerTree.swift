import RungText

/// All normalizers of a cassette as one tree over names, so that a body is walked once and only where something is to be done.
struct NormalizerTree: Sendable {
    private var children: [String: NormalizerTree] = [:]
    /// What is done below every member or element. A box, because a value cannot hold itself.
    private var every: [NormalizerTree] = []
    private var step: Normalizer.Step?

    init(_ normalizers: [Normalizer] = []) {
        for normalizer in normalizers {
            for (pattern, step) in normalizer.steps { insert(pattern.parts[...], step) }
        }
    }

    private mutating func insert(_ parts: ArraySlice<String>, _ step: Normalizer.Step) {
        guard let first = parts.first else {
            // The first one that names a place decides.
            self.step = self.step ?? step
            return
        }
        if first == "*" {
            if every.isEmpty { every.append(NormalizerTree()) }
            every[0].insert(parts.dropFirst(), step)
        } else {
            children[first, default: NormalizerTree()].insert(parts.dropFirst(), step)
        }
    }

    /// The value without what does not count.
    func normalized(_ node: Node) -> Node {
        guard !children.isEmpty || !every.isEmpty else { return node }
        var node = node
        var seen: [String: [String: Int]] = [:]
        apply(to: &node, &seen)
        return node
    }

    /// - Parameter seen: the number of each text that was counted, by group.
    private func apply(to node: inout Node, _ seen: inout [String: [String: Int]]) {
        switch node.content {
        case .object(var members):
            node.content = .null
            var dropped = false
            for index in members.indices {
                for tree in [children[members[index].key], every.first] {
                    guard let tree else { continue }
                    if tree.step == .drop { dropped = true } else { tree.change(&members[index].value, &seen) }
                }
            }
            if dropped { members.removeAll { children[$0.key]?.step == .drop || every.first?.step == .drop } }
            node.content = .object(members)
        case .array(var items):
            node.content = .null
            for index in items.indices {
                for tree in [children.isEmpty ? nil : children[String(index)], every.first] { tree?.change(&items[index], &seen) }
            }
            node.content = .array(items)
        default: break
        }
    }

    private func change(_ node: inout Node, _ seen: inout [String: [String: Int]]) {
        switch step {
        // An element of a list keeps its place, so that those behind it keep theirs.
        case .drop?: node.content = .null
        case .replace?: node.content = .string("*")
        case .number(let group)?:
            guard let text = node.string else { return }
            let next = seen[group, default: [:]].count + 1
            let number = seen[group]?[text] ?? next
            seen[group, default: [:]][text] = number
            node.content = .string("#\(number)")
        case nil: apply(to: &node, &seen)
        }
    }
}
