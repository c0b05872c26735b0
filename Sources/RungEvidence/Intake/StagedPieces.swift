import RungCore
import RungText

/// The table of pieces that wait for the rest of their group. A class because it keeps statements for one transaction.
final class StagedPieces {
    private let connection: OpaquePointer
    private var statements: [String: SQLStatement] = [:]
    private var isKnownToHold: Bool?

    init(_ connection: OpaquePointer) {
        self.connection = connection
    }

    func hold(_ piece: HeldPiece) throws {
        let statement = try statement("INSERT OR REPLACE INTO held_pieces (piece_group, name, held_at, content) VALUES (?, ?, ?, ?)")
        statement.bind(1, piece.group)
        statement.bind(2, piece.name)
        statement.bind(3, piece.heldAt.seconds)
        statement.bind(4, piece.content)
        try statement.run()
        isKnownToHold = true
    }

    func held(in group: String) throws -> [HeldPiece] {
        let statement = try statement("SELECT name, held_at, content FROM held_pieces WHERE piece_group = ? ORDER BY name")
        statement.bind(1, group)
        var pieces: [HeldPiece] = []
        try statement.forEach { row in
            pieces.append(
                HeldPiece(group: group, name: row.text(0), heldAt: Timestamp(seconds: row.int(1)), content: row.text(2)))
        }
        return pieces
    }

    func release(_ group: String) throws {
        let statement = try statement("DELETE FROM held_pieces WHERE piece_group = ?")
        statement.bind(1, group)
        try statement.run()
    }

    func groups(holding name: String, since time: Timestamp, limit: Int) throws -> [String] {
        let statement = try statement(
            "SELECT piece_group FROM held_pieces WHERE name = ? AND held_at <= ? ORDER BY held_at, piece_group LIMIT ?")
        statement.bind(1, name)
        statement.bind(2, time.seconds)
        statement.bind(3, Int64(limit))
        var groups: [String] = []
        try statement.forEach { groups.append($0.text(0)) }
        return groups
    }

    var holdsAnything: Bool {
        get throws {
            if let isKnownToHold { return isKnownToHold }
            let found = try statement("SELECT EXISTS (SELECT 1 FROM held_pieces)").first { $0.int(0) } == 1
            isKnownToHold = found
            return found
        }
    }

    func hasInteraction(_ id: String) throws -> Bool {
        let statement = try statement("SELECT 1 FROM interaction_records WHERE id = ? LIMIT 1")
        statement.bind(1, id)
        return try statement.first { _ in true } ?? false
    }

    func interactions(beginning prefix: String, limit: Int) throws -> [StoredInteraction] {
        // The last character that there is ends the range of texts that begin alike.
        let statement = try statement(
            "SELECT id, at, latency_ms FROM interaction_records WHERE id >= ? AND id < ? || char(1114111) ORDER BY id LIMIT ?")
        statement.bind(1, prefix)
        statement.bind(2, prefix)
        statement.bind(3, Int64(limit))
        var found: [StoredInteraction] = []
        try statement.forEach { row in
            found.append(
                StoredInteraction(id: row.text(0), at: Timestamp(seconds: row.int(1)), latencyMs: row.optionalDouble(2)))
        }
        return found
    }

    private func statement(_ sql: String) throws -> SQLStatement {
        if let statement = statements[sql] { return statement }
        let statement = try SQLStatement(sql, on: connection)
        statements[sql] = statement
        return statement
    }
}
