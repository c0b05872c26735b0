internal import RungText

extension RubricOverlay {
    /// The whole rubric that the overlay comes to. What comes from below stands where `extends` does, or where its change does.
    ///
    /// Entries that are wrong are passed over; the checks report them.
    func merged(onto base: Node) -> Node {
        var whole = Node(json: base.json, at: ground)
        for key in ["id", "version", "title"] {
            if let own = root[key] { whole = whole.with(key, own) }
        }
        for key in ["dimensions", "frameworks"] {
            guard let own = root[key]?.members else { continue }
            let members = own.reduce(into: whole[key]?.members ?? []) { members, member in
                guard let index = members.firstIndex(where: { $0.key == member.key }) else { return members.append(member) }
                if key == "frameworks" { members[index].value = members[index].value.adding(member.value) }
            }
            whole = whole.with(key, Node(.object(members), at: root[key]?.position ?? ground))
        }
        for key in ["criteria", "symptoms"] {
            let added = root[key]?.array ?? []
            let taken = Set(Self.ids(root[key]))
            let below = key == "criteria" ? criteria(of: whole) : whole[key]?.array ?? []
            let kept = below.filter { $0["id"]?.string.map { !taken.contains($0) } ?? true }
            guard whole[key] != nil || !added.isEmpty else { continue }
            whole = whole.with(key, Node(.array(kept + added), at: root[key]?.position ?? ground))
        }
        return whole.with("stages", stages(of: whole, base))
    }

    /// Ids of a list, in its order.
    static func ids(_ list: Node?) -> [String] { (list?.array ?? []).compactMap { $0["id"]?.string } }

    /// Key criteria of the rubric below that are left out, in its order.
    func keysLeftOut(of base: Node) -> [(id: String, stage: Int)] {
        let leftOut = Set(Self.ids(root["left-out"]))
        return (base["criteria"]?.array ?? []).compactMap { criterion in
            guard let id = criterion["id"]?.string, leftOut.contains(id), criterion["key"]?.bool == true else { return nil }
            return criterion["stage"]?.int.map { (id, $0) }
        }
    }

    /// The criteria of the rubric below that are still asked, changed as the overlay says.
    private func criteria(of whole: Node) -> [Node] {
        let leftOut = Set(Self.ids(root["left-out"]))
        let changes = Dictionary((root["changes"]?.array ?? []).map { ($0["id"]?.string ?? "", $0) }) { first, _ in first }
        return (whole["criteria"]?.array ?? []).compactMap { criterion in
            guard let id = criterion["id"]?.string, !leftOut.contains(id) else { return nil }
            var criterion = criterion
            if let needs = criterion["prerequisites"]?.array {
                let kept = needs.filter { $0.string.map { !leftOut.contains($0) } ?? true }
                if kept.count < needs.count { criterion = criterion.with("prerequisites", Node(.array(kept), at: ground)) }
            }
            guard let change = changes[id] else { return criterion }
            let place = change["id"]?.position ?? change.position
            var measure = Node(json: criterion["measure"]?.json ?? .null, at: place)
            for key in Self.changeable {
                if let value = change[key], !value.isNull { measure = measure.with(key, value) }
            }
            return Node(json: criterion.json, at: place).with("measure", measure)
        }
    }

    /// The stages; those of which a key criterion is left out are not complete.
    private func stages(of whole: Node, _ base: Node) -> Node {
        let incomplete = Set(keysLeftOut(of: base).map(\.stage))
        let stages = (whole["stages"]?.array ?? []).map { stage in
            guard let number = stage["number"]?.int, incomplete.contains(number) else { return stage }
            return stage.with("complete", Node(.bool(false), at: ground))
        }
        return Node(.array(stages), at: ground)
    }
}

extension Node {
    /// The object with another value under `key`, in its place or at the end.
    fileprivate func with(_ key: String, _ value: Node) -> Node {
        var members = self.members ?? []
        if let index = members.firstIndex(where: { $0.key == key }) {
            members[index].value = value
        } else {
            members.append(Member(key: key, position: value.position, value: value))
        }
        return Node(.object(members), at: position)
    }

    /// A framework with the ids of another entry for it.
    fileprivate func adding(_ other: Node) -> Node {
        let known = Set(self["ids"]?.strings ?? [])
        let added = (other["ids"]?.array ?? []).filter { $0.string.map { !known.contains($0) } ?? true }
        return with("ids", Node(.array((self["ids"]?.array ?? []) + added), at: other.position))
    }
}
