/// Words that many records share, by number, so that they are stored once.
///
/// A class because it keeps statements and a cache for one connection. Codes never change; other processes may add some.
final class CodeBook {
    private var codes: [String: Int64] = [:]
    /// Words by number; the numbers are dense. Empty where a word has not been read.
    private var words: [String] = []
    /// The words asked for last, in front of the hash table.
    private var recent: (a: (String, Int64), b: (String, Int64)) = (("", -1), ("", -1))
    /// Words that were asked for as bytes.
    private let table = WordTable()
    private let find: SQLStatement
    private let insert: SQLStatement?
    private let read: SQLStatement

    /// Words kept in memory at most, so that a file with a different word in every record takes no more memory.
    private static let cacheLimit = 50_000

    /// Whether words that are not known yet may be added.
    enum Access { case readOnly, readWrite }

    init(_ connection: OpaquePointer, _ access: Access) throws {
        find = try SQLStatement("SELECT code FROM record_codes WHERE text = ?", on: connection)
        read = try SQLStatement("SELECT text FROM record_codes WHERE code = ?", on: connection)
        insert =
            access == .readWrite
            ? try SQLStatement("INSERT INTO record_codes (text) VALUES (?) RETURNING code", on: connection) : nil
    }

    /// The number of a word; a new one when it has none yet.
    func code(of word: String) throws -> Int64 {
        if let code = try existingCode(of: word) { return code }
        guard let insert else { preconditionFailure("a reader cannot add words") }
        insert.bind(1, word)
        guard let code = try insert.first({ $0.int(0) }) else {
            throw EvidenceError(.damaged, "the evidence did not number a new word")
        }
        remember(word, code)
        return code
    }

    /// The number of a word that is given as UTF-8; a new one when it has none yet.
    func code(of word: UnsafeBufferPointer<UInt8>) throws -> Int64 {
        if let code = table.code(of: word) { return code }
        let code = try code(of: String(decoding: word, as: UTF8.self))
        table.insert(word, code)
        return code
    }

    /// The number of a word; nil when no record holds it.
    func existingCode(of word: String) throws -> Int64? {
        if recent.a.0 == word, recent.a.1 >= 0 { return recent.a.1 }
        if recent.b.0 == word, recent.b.1 >= 0 { return recent.b.1 }
        if let code = codes[word] {
            recent = ((word, code), recent.a)
            return code
        }
        find.bind(1, word)
        guard let code = try find.first({ $0.int(0) }) else { return nil }
        remember(word, code)
        return code
    }

    /// The word of a number; nil when there is none, which only happens in a damaged file.
    func word(of code: Int64) throws -> String? {
        if code > 0, code < words.count, !words[Int(code)].isEmpty { return words[Int(code)] }
        read.bind(1, code)
        guard let word = try read.first({ $0.text(0) }) else { return nil }
        remember(word, code)
        return word
    }

    /// Forgets everything; words added in a transaction that failed do not exist.
    func forget() {
        table.removeAll()
        codes.removeAll(keepingCapacity: true)
        words.removeAll(keepingCapacity: true)
        recent = (("", -1), ("", -1))
    }

    private func remember(_ word: String, _ code: Int64) {
        if codes.count >= Self.cacheLimit { forget() }
        codes[word] = code
        guard code > 0, code < Self.cacheLimit else { return }
        while words.count <= code { words.append("") }
        words[Int(code)] = word
    }
}
