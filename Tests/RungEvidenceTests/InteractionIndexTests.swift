import Testing

@testable import RungEvidence

struct InteractionIndexTests {
    @Test func recordsAreFoundByTheirHashHoweverManyShareIt() {
        let records = HashedRecords(capacity: 64)
        for number in 0..<60 { records.insert(Int64(number % 7) &* 0x9E37_79B9, Int64(number)) }
        records.insert(0, 100)
        var found: [Int64] = []
        #expect(
            !records.contains(0) { record in
                found.append(record)
                return false
            })
        #expect(found == [0, 7, 14, 21, 28, 35, 42, 49, 56, 100])
        #expect(records.contains(0) { $0 == 56 })
        #expect(!records.contains(5) { _ in true })
        var drained: [Int64] = []
        records.drain { drained.append($0.record) }
        #expect(Set(drained) == Set((0..<60).map(Int64.init) + [100]))
        #expect(drained.first == 0)
        #expect(records.count == 0)
        #expect(!records.contains(0) { _ in true })
    }

    @Test func interactionsAreFoundInMemoryAndInTheFile() throws {
        let fixture = try EvidenceFixture()
        try fixture.importLines((0..<300).map { SmallWorld.call("i\($0)", "router", "2026-09-20", nil, nil) })
        try fixture.store.database.withConnection { connection in
            let index = try InteractionIndex(connection, limit: 4)
            #expect(try index.record(of: "i7") == 7)
            #expect(try index.record(of: "i300") == nil)
            try EvidenceDatabase.execute("SAVEPOINT s; DELETE FROM interaction_ids", on: connection)
            #expect(try index.record(of: "i7") == nil)
            for record in 0..<10 { try index.add(hash: InteractionIdentifier.hash("i\(record)"), record: Int64(record)) }
            for record in 0..<10 { #expect(try index.record(of: "i\(record)") == Int64(record)) }
            #expect(try EvidenceDatabase.integer("SELECT COUNT(*) FROM interaction_ids", on: connection) == 8)
            index.forget()
            #expect(try index.record(of: "i9") == nil)
            try EvidenceDatabase.execute("ROLLBACK TO s; RELEASE s", on: connection)
        }
    }

    @Test func identifiersThatShareAHashAreToldApart() throws {
        let fixture = try EvidenceFixture()
        try fixture.importLines([
            SmallWorld.call("a", "router", "2026-09-20", nil, nil), SmallWorld.call("b", "router", "2026-09-20", nil, nil),
        ])
        let hash = InteractionIdentifier.hash("a")
        try fixture.tamper("UPDATE interaction_ids SET hash = \(hash)")
        try fixture.store.database.withConnection { connection in
            let index = try InteractionIndex(connection)
            #expect(try index.record(of: "a") == 0)
            var other = "b"
            #expect(try other.withUTF8 { try index.record(of: $0, hash: hash) } == 1)
            other = "c"
            #expect(try other.withUTF8 { try index.record(of: $0, hash: hash) } == nil)
        }
    }

    /// An auditor can make the number anew: the first eight bytes of SHA-256, as a signed number.
    @Test func theHashIsThatOfSHA256() {
        #expect(InteractionIdentifier.hash("abc") == Int64(bitPattern: 0xba78_16bf_8f01_cfea))
    }
}
