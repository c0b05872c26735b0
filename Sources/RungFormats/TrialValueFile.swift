#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif
public import RungCore
public import RungText

/// One side of a comparison as comma-separated values: a row for each trial of each case.
///
/// The header names the columns, in any order: `case`, `trial`, `value`, and where wanted `cluster`, `slice` and `digest`. A value is a
/// decimal number, more is better; an empty one is a trial that came to nothing. Memory is bounded by the trials and not by the text.
public struct TrialValueFile: Sendable {
    /// The path as the user gave it.
    public let path: String
    /// In the order in which they are first mentioned.
    public private(set) var cases: [CaseValues] = []
    private var places: [String: Place] = [:]

    private init(path: String) { self.path = path }

    /// Where a case stands in the list, and where its parts stand in the file.
    private struct Place: Sendable {
        var index: Int
        var cluster: SourcePosition
        var slice: SourcePosition
        var trials: [String: SourcePosition] = [:]
    }

    /// The columns that are known, the ones that must be there first.
    static let columns = ["case", "trial", "value", "cluster", "slice", "digest"]
    private static let required = 3
    /// More problems than about these are not looked for.
    static let problemLimit = 100

    /// Reads a file, which may be a pipe.
    ///
    /// - Throws: `FileFailure`, or `InvalidInput` with all problems of the rows.
    public static func read(_ path: String) throws -> TrialValueFile {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw FileFailure(path, code: errno) }
        defer { close(descriptor) }
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        return try read(path) { feed in
            while true {
                let count = Glibc.read(descriptor, &buffer, buffer.count)
                if count < 0, errno == EINTR { continue }
                guard count >= 0 else { throw FileFailure(path, code: errno) }
                guard count > 0 else { return }
                try buffer.withUnsafeBytes { try feed(UnsafeRawBufferPointer(rebasing: $0[..<count])) }
            }
        }
    }

    /// Reads a text that lies in memory.
    public static func read(text: String, path: String) throws -> TrialValueFile {
        try read(path) { feed in try Array(text.utf8).withUnsafeBytes { try feed($0) } }
    }

    /// - Parameter chunks: hands over the bytes of the file, piece by piece.
    private static func read(
        _ path: String, chunks: ((UnsafeRawBufferPointer) throws -> Void) throws -> Void
    ) throws -> TrialValueFile {
        var reader = Reader(path)
        var scanner = CSVScanner()
        do {
            try chunks { chunk in try scanner.push(chunk) { try reader.take($0) } }
            try scanner.finish { try reader.take($0) }
        } catch let problem as CSVProblem {
            reader.add(problem.position, problem.message, problem.suggestion)
        } catch is Reader.Enough {
            // What was found is told.
        }
        return try reader.finished()
    }

    /// Throws when a case has another cluster or slice here than in the other file.
    public func check(against other: TrialValueFile) throws(InvalidInput) {
        var problems: [Diagnostic] = []
        for theirs in other.cases {
            guard let place = places[theirs.id], problems.count < Self.problemLimit else { continue }
            let own = cases[place.index]
            for (word, mine, their, position) in [
                ("cluster", own.cluster, theirs.cluster, place.cluster), ("slice", own.slice, theirs.slice, place.slice),
            ] {
                guard let mine, let their, mine != their else { continue }
                problems.append(
                    Diagnostic(
                        path, position, "case \"\(own.id)\" is of \(word) \"\(mine)\" here and of \"\(their)\" in \(other.path)",
                        suggestion: "give a case the same \(word) on both sides"))
            }
        }
        if !problems.isEmpty { throw InvalidInput(problems) }
    }

    // MARK: - Reading

    private struct Reader {
        /// So many problems that the rest of the file is not read.
        struct Enough: Error {}

        private var file: TrialValueFile
        private var diagnostics = Diagnostics()
        /// For each column of the file its place among `TrialValueFile.columns`.
        private var header: [Int]?

        init(_ path: String) { file = TrialValueFile(path: path) }

        mutating func add(_ position: SourcePosition?, _ message: String, _ suggestion: String?) {
            diagnostics.append(Diagnostic(file.path, position, message, suggestion: suggestion))
        }

        func finished() throws -> TrialValueFile {
            if header == nil, diagnostics.isEmpty {
                throw InvalidInput(
                    file.path, .start, "the file is empty", suggestion: "begin it with a line that names the columns: case,trial,value")
            }
            try diagnostics.throwIfAny()
            return file
        }

        mutating func take(_ record: [CSVField]) throws {
            guard let header else { return try takeHeader(record) }
            if diagnostics.all.count >= TrialValueFile.problemLimit { throw Enough() }
            guard record.count == header.count else {
                let position = record.count > header.count ? record[header.count].position : record[0].position
                return add(position, "the row has \(record.count) fields; the header has \(header.count)", nil)
            }
            var fields = [CSVField?](repeating: nil, count: TrialValueFile.columns.count)
            for (field, column) in zip(record, header) { fields[column] = field }
            takeRow(fields, at: record[0].position)
        }

        private mutating func takeHeader(_ record: [CSVField]) throws {
            var header: [Int] = []
            for field in record {
                guard let column = TrialValueFile.columns.firstIndex(of: field.text) else {
                    let suggestion = NearestWord.suggestion(for: field.text, among: TrialValueFile.columns)
                    add(field.position, "unknown column \"\(field.text)\"", suggestion)
                    continue
                }
                if header.contains(column) { add(field.position, "column \"\(field.text)\" stands here twice", nil) }
                header.append(column)
            }
            for column in 0..<TrialValueFile.required where !header.contains(column) {
                add(record[0].position, "there is no column \"\(TrialValueFile.columns[column])\"", nil)
            }
            self.header = header
            // Rows under a wrong header would only be wrong in the same way again.
            if !diagnostics.isEmpty { throw Enough() }
        }

        private mutating func takeRow(_ fields: [CSVField?], at start: SourcePosition) {
            guard let id = fields[0], let trial = fields[1], let value = fields[2] else { return }
            if id.text.isEmpty { return add(id.position, "the row names no case", nil) }
            if trial.text.isEmpty { return add(trial.position, "the row names no trial", "number the trials of a case from 1") }
            let number = parsed(value)
            let index = place(of: id, fields[3] ?? nil, fields[4] ?? nil, at: start)
            if let first = file.places[id.text]?.trials.updateValue(trial.position, forKey: trial.text) {
                return add(
                    trial.position, "trial \"\(trial.text)\" of case \"\(id.text)\" stands here twice", "first at \(file.path):\(first)")
            }
            let digest = (fields[5] ?? nil).flatMap { $0.text.isEmpty ? nil : $0.text }
            file.cases[index].trials.append(TrialValue(trial: trial.text, value: number, digest: digest))
        }

        /// The index of the case, which is made on its first mention and checked on the others.
        private mutating func place(of id: CSVField, _ cluster: CSVField?, _ slice: CSVField?, at start: SourcePosition) -> Int {
            func name(_ field: CSVField?) -> String? { field.flatMap { $0.text.isEmpty ? nil : $0.text } }
            guard let place = file.places[id.text] else {
                file.places[id.text] = Place(
                    index: file.cases.count, cluster: cluster?.position ?? start, slice: slice?.position ?? start)
                file.cases.append(CaseValues(id: id.text, trials: [], cluster: name(cluster), slice: name(slice)))
                return file.cases.count - 1
            }
            let known = file.cases[place.index]
            for (word, field, known, first) in [
                ("cluster", cluster, known.cluster, place.cluster), ("slice", slice, known.slice, place.slice),
            ] {
                guard let field, name(field) != known else { continue }
                add(
                    field.position, "case \"\(id.text)\" has another \(word) than before: \"\(field.text)\"",
                    "first at \(file.path):\(first)")
            }
            return place.index
        }

        /// Nil for an empty field, and for one that is no finite decimal number, which is a problem.
        private mutating func parsed(_ field: CSVField) -> Double? {
            if field.text.isEmpty { return nil }
            let isDecimal = field.text.utf8.allSatisfy { ($0 >= 0x30 && $0 <= 0x39) || "+-.eE".utf8.contains($0) }
            // Sums and squares of larger ones are no numbers any more.
            if isDecimal, let number = Double(field.text), abs(number) <= 1e100 { return number }
            add(
                field.position, "value \"\(field.text)\" is not a finite decimal number",
                "write 1 for a trial that passed and 0 for one that did not; leave the field empty where a trial came to nothing")
            return nil
        }
    }
}
