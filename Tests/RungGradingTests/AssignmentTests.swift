import Testing

@testable import RungGrading

@Suite struct AssignmentTests {
    @Test(
        arguments: [
            ([5], 1, [0]), ([0], 1, [nil]), ([1, 2, 3, 5], 2, [0, 1]), ([4, 3, 3, 0], 2, [1, 0]), ([7, 4, 3, 1, 9, 2], 3, [0, 1]),
            ([2, 3, 9], 1, [nil, nil, 0]), ([0, 0, 0, 0], 2, [nil, nil]),
        ] as [([Int], Int, [Int?])])
    func `pairs have the largest sum`(_ weights: [Int], _ columns: Int, _ expected: [Int?]) {
        #expect(Assignment.maximumWeight(weights, columns: columns) == expected)
    }

    @Test func `the first that fits is not taken when another choice gives more`() {
        // Taking the best pair first (10) leaves 0; the best sum is 9 + 9.
        #expect(Assignment.maximumWeight([10, 9, 9, 0], columns: 2) == [1, 0])
    }

    @Test func `no rows or no columns give no pairs`() {
        #expect(Assignment.maximumWeight([], columns: 3) == [])
        #expect(Assignment.maximumWeight([], columns: 0) == [])
    }

    @Test func `the sum is that of a brute-force search on two thousand random instances`() {
        var random = SeededGenerator(state: 2_026)
        for _ in 0..<2_000 {
            let rows = Int.random(in: 1...5, using: &random)
            let columns = Int.random(in: 1...5, using: &random)
            let largest = [1, 3, 20].randomElement(using: &random) ?? 1
            let weights = (0..<(rows * columns)).map { _ in Int.random(in: 0...largest, using: &random) }
            let pairs = Assignment.maximumWeight(weights, columns: columns)
            let used = pairs.compactMap(\.self)
            #expect(pairs.count == rows)
            #expect(Set(used).count == used.count)
            let sum = pairs.enumerated().reduce(0) { sum, pair in sum + (pair.element.map { weights[pair.offset * columns + $0] } ?? 0) }
            #expect(sum == bruteForce(weights, rows, columns, 0, []), "\(weights) in rows of \(columns)")
            #expect(pairs.enumerated().allSatisfy { row, column in column.map { weights[row * columns + $0] > 0 } ?? true })
        }
    }

    private func bruteForce(_ weights: [Int], _ rows: Int, _ columns: Int, _ row: Int, _ used: Set<Int>) -> Int {
        guard row < rows else { return 0 }
        var best = bruteForce(weights, rows, columns, row + 1, used)
        for column in 0..<columns where !used.contains(column) {
            best = max(best, weights[row * columns + column] + bruteForce(weights, rows, columns, row + 1, used.union([column])))
        }
        return best
    }
}
