/// Pairs rows with columns so that the sum of the weights is as large as it can be.
///
/// The Hungarian method with shortest augmenting paths (Jonker and Volgenant, 1987, without their starting heuristics),
/// on whole numbers, so that the result is exact and the same everywhere.
enum Assignment {
    /// The column of each row; nil where the row is left over or the pair would add nothing.
    ///
    /// Time is the square of the shorter side times the longer one, memory is linear beyond the weights.
    ///
    /// - Parameters:
    ///   - weights: row after row; at least 0, where 0 means that the two must not be paired.
    ///   - columns: entries of each row.
    /// - Precondition: the weights fill whole rows.
    static func maximumWeight(_ weights: [Int], columns: Int) -> [Int?] {
        guard columns > 0, !weights.isEmpty else { return [] }
        precondition(weights.count % columns == 0, "the weights must fill whole rows")
        let rows = weights.count / columns
        if rows <= columns {
            let columnOfRow = columnsOfRows(rows, columns) { -weights[$0 * columns + $1] }
            return columnOfRow.enumerated().map { weights[$0 * columns + $1] > 0 ? $1 : nil }
        }
        let rowOfColumn = columnsOfRows(columns, rows) { -weights[$1 * columns + $0] }
        var result = [Int?](repeating: nil, count: rows)
        for (column, row) in rowOfColumn.enumerated() where weights[row * columns + column] > 0 { result[row] = column }
        return result
    }

    /// The cheapest assignment of every row, where there are at least as many columns.
    private static func columnsOfRows(_ rows: Int, _ columns: Int, cost: (Int, Int) -> Int) -> [Int] {
        // Index 0 stands for "none" on both sides; rows and columns count from 1.
        var rowPotential = [Int](repeating: 0, count: rows + 1)
        var columnPotential = [Int](repeating: 0, count: columns + 1)
        var rowOfColumn = [Int](repeating: 0, count: columns + 1)
        var previous = [Int](repeating: 0, count: columns + 1)
        for row in 1...rows {
            var distance = [Int](repeating: .max, count: columns + 1)
            var isVisited = [Bool](repeating: false, count: columns + 1)
            rowOfColumn[0] = row
            var column = 0
            repeat {
                isVisited[column] = true
                let current = rowOfColumn[column]
                var (nearest, step) = (0, Int.max)
                for next in 1...columns where !isVisited[next] {
                    let reduced = cost(current - 1, next - 1) - rowPotential[current] - columnPotential[next]
                    if reduced < distance[next] { (distance[next], previous[next]) = (reduced, column) }
                    if distance[next] < step { (nearest, step) = (next, distance[next]) }
                }
                for index in 0...columns {
                    if isVisited[index] {
                        rowPotential[rowOfColumn[index]] += step
                        columnPotential[index] -= step
                    } else if index > 0 {
                        distance[index] -= step
                    }
                }
                column = nearest
            } while rowOfColumn[column] != 0
            while column != 0 {
                rowOfColumn[column] = rowOfColumn[previous[column]]
                column = previous[column]
            }
        }
        var result = [Int](repeating: 0, count: rows)
        for column in 1...columns where rowOfColumn[column] > 0 { result[rowOfColumn[column] - 1] = column - 1 }
        return result
    }
}
