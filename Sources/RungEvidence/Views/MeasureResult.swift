import GRDBSQLite
import RungCore

/// Reads what a measure gave and refuses everything that is not a measure's result.
enum MeasureResult {
    /// Rows of `(entity, satisfied, total)` or `(entity, value)`.
    static func rows(_ statement: SQLStatement) throws -> [MeasureRow] {
        switch statement.columnNames {
        case ["entity", "satisfied", "total"]: try rows(statement, share)
        case ["entity", "value"]: try rows(statement, value)
        case let names:
            throw MeasureFailure(
                "the query gives (\(names.joined(separator: ", "))), expected (entity, satisfied, total) or (entity, value)")
        }
    }

    /// One row with one 0 or 1.
    static func flag(_ statement: SQLStatement) throws -> Bool {
        guard statement.columnNames.count == 1 else {
            throw MeasureFailure("the query gives \(statement.columnNames.count) columns, expected one row with one 0 or 1")
        }
        guard try statement.step() else { throw MeasureFailure("the query gives no row, expected one with 0 or 1") }
        defer { statement.reset() }
        guard statement.type(0) == SQLITE_INTEGER, statement.int(0) == 0 || statement.int(0) == 1 else {
            throw MeasureFailure("the query gives \"\(statement.text(0))\", expected 0 or 1")
        }
        let flag = statement.int(0) == 1
        guard try !statement.step() else { throw MeasureFailure("the query gives more than one row, expected one") }
        return flag
    }

    private static func rows(
        _ statement: SQLStatement, _ amount: (SQLStatement, String) throws -> MeasureRow.Amount
    ) throws -> [MeasureRow] {
        var seen: Set<String> = []
        var rows: [MeasureRow] = []
        try statement.forEach { row in
            guard !row.isNull(0) else { throw MeasureFailure("a row has no entity") }
            let entity = row.text(0)
            guard seen.insert(entity).inserted else { throw MeasureFailure("the entity \"\(entity)\" comes twice") }
            rows.append(MeasureRow(entity: entity, amount: try amount(row, entity)))
        }
        return rows
    }

    private static func share(_ row: SQLStatement, _ entity: String) throws -> MeasureRow.Amount {
        guard row.type(1) == SQLITE_INTEGER, row.type(2) == SQLITE_INTEGER else {
            throw MeasureFailure("satisfied and total of \"\(entity)\" must be whole numbers")
        }
        let (satisfied, total) = (Int(row.int(1)), Int(row.int(2)))
        guard 0 <= satisfied, satisfied <= total else {
            throw MeasureFailure("\"\(entity)\" has \(satisfied) satisfied of \(total), expected 0 ≤ satisfied ≤ total")
        }
        return .share(satisfied: satisfied, total: total)
    }

    private static func value(_ row: SQLStatement, _ entity: String) throws -> MeasureRow.Amount {
        guard row.type(1) == SQLITE_INTEGER || row.type(1) == SQLITE_FLOAT, row.double(1).isFinite else {
            throw MeasureFailure("the value of \"\(entity)\" is not a number")
        }
        return .value(row.double(1))
    }
}
