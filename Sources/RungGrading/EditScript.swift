/// One step on the way from an old list to a new one.
enum Edit: Equatable {
    /// In both, at these places.
    case kept(Int, Int)
    /// Only in the old list.
    case removed(Int)
    /// Only in the new list.
    case added(Int)

    /// Whether nothing changes here.
    var isKept: Bool { if case .kept = self { true } else { false } }
    /// Whether the step consumes an element of the old list.
    var isInOld: Bool { if case .added = self { false } else { true } }
    /// Whether the step consumes an element of the new list.
    var isInNew: Bool { if case .removed = self { false } else { true } }
}

/// The shortest way from one list to another, by a longest common subsequence.
enum EditScript {
    /// Cells of the table; where two middles are larger, the old one is removed and the new one added as a whole.
    static let maximumCells = 1_000_000

    /// The edits in order: what is removed comes before what is added in its place.
    ///
    /// Time and memory are the product of the two lengths after the common start and end, at most `maximumCells`.
    static func edits<Element: Hashable>(from old: [Element], to new: [Element]) -> [Edit] {
        var start = 0
        while start < old.count, start < new.count, old[start] == new[start] { start += 1 }
        var tail = 0
        while tail < old.count - start, tail < new.count - start, old[old.count - 1 - tail] == new[new.count - 1 - tail] {
            tail += 1
        }
        var numbers: [Element: Int32] = [:]
        func number(_ element: Element) -> Int32 {
            let next = Int32(numbers.count)
            return numbers[element]
                ?? {
                    numbers[element] = next; return next
                }()
        }
        let oldMiddle = old[start..<(old.count - tail)].map(number)
        let newMiddle = new[start..<(new.count - tail)].map(number)
        var edits = (0..<start).map { Edit.kept($0, $0) }
        edits += Self.middle(oldMiddle, newMiddle, offset: start)
        edits += (0..<tail).map { .kept(old.count - tail + $0, new.count - tail + $0) }
        return edits
    }

    private static func middle(_ old: [Int32], _ new: [Int32], offset: Int) -> [Edit] {
        let (rows, columns) = (old.count, new.count)
        guard rows > 0, columns > 0, rows <= maximumCells / columns else {
            return old.indices.map { .removed(offset + $0) } + new.indices.map { .added(offset + $0) }
        }
        // common[i, j]: length of the longest common subsequence of old[i...] and new[j...].
        let width = columns + 1
        var common = [Int32](repeating: 0, count: (rows + 1) * width)
        for i in (0..<rows).reversed() {
            for j in (0..<columns).reversed() {
                common[i * width + j] =
                    old[i] == new[j]
                    ? common[(i + 1) * width + j + 1] + 1 : max(common[(i + 1) * width + j], common[i * width + j + 1])
            }
        }
        var edits: [Edit] = []
        var (i, j) = (0, 0)
        while i < rows || j < columns {
            if i < rows, j < columns, old[i] == new[j] {
                edits.append(.kept(offset + i, offset + j))
                (i, j) = (i + 1, j + 1)
            } else if i < rows, j == columns || common[(i + 1) * width + j] >= common[i * width + j + 1] {
                edits.append(.removed(offset + i))
                i += 1
            } else {
                edits.append(.added(offset + j))
                j += 1
            }
        }
        return edits
    }
}
