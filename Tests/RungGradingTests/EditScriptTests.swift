import Testing

@testable import RungGrading

@Suite struct EditScriptTests {
    @Test(arguments: [
        ("", ""), ("abc", "abc"), ("abc", ""), ("", "abc"), ("abcabba", "cbabac"), ("kitten", "sitting"), ("ab", "ba"), ("xaax", "xabax"),
    ])
    func `the script leads from the old list to the new one`(_ old: String, _ new: String) {
        check(Array(old), Array(new), EditScript.edits(from: Array(old), to: Array(new)))
    }

    @Test func `the script is the shortest on random lists`() {
        var random = SeededGenerator(state: 5)
        for _ in 0..<500 {
            let old = (0..<Int.random(in: 0...9, using: &random)).map { _ in Int.random(in: 0...3, using: &random) }
            let new = (0..<Int.random(in: 0...9, using: &random)).map { _ in Int.random(in: 0...3, using: &random) }
            let edits = EditScript.edits(from: old, to: new)
            check(old, new, edits)
            #expect(edits.count { !$0.isKept } == new.difference(from: old).count)
        }
    }

    @Test func `removals come before additions`() {
        #expect(EditScript.edits(from: ["a", "b"], to: ["x", "b"]) == [.removed(0), .added(0), .kept(1, 1)])
    }

    @Test func `huge middles are replaced as a whole`() {
        let (old, new) = (Array(0..<2_000), Array(0..<2_000).map { $0 * 2 + 1 })
        let edits = EditScript.edits(from: [-1] + old + [-2], to: [-1] + new + [-2])
        #expect(edits.count { $0.isKept } == 2)
        check([-1] + old + [-2], [-1] + new + [-2], edits)
    }

    private func check<Element: Hashable>(_ old: [Element], _ new: [Element], _ edits: [Edit]) {
        var (rebuilt, consumed): ([Element], [Element]) = ([], [])
        for edit in edits {
            switch edit {
            case .kept(let i, let j):
                #expect(old[i] == new[j])
                consumed.append(old[i])
                rebuilt.append(new[j])
            case .removed(let i): consumed.append(old[i])
            case .added(let j): rebuilt.append(new[j])
            }
        }
        #expect(rebuilt == new)
        #expect(consumed == old)
    }
}
