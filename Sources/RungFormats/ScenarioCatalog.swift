#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif
public import RungCore
public import RungCrypto
public import RungText

/// The scenarios of a suite: checked once from start to end, then read again piece by piece.
///
/// A JSON Lines file is never held in memory; an entry of the index takes 16 bytes. YAML files are held whole.
public struct ScenarioCatalog: ScenarioSource {
    private var files: [File] = []
    private var entries: [Entry] = []
    /// A hash of each id, until `checkNames` has looked at them.
    private var names: [UInt64] = []
    private let reading: ScenarioReading
    private let kept = KeptFile()

    private struct File {
        var path: String
        var shown: String
        var stamp: FileStamp
        /// Scenarios of a YAML file; nil for JSON Lines.
        var scenarios: [Scenario]?
    }

    private struct Entry {
        /// Byte offset of the line, or index into `File.scenarios`.
        var start: UInt64
        var line: UInt32
        var file: UInt32
    }

    public init(reading: ScenarioReading) { self.reading = reading }

    public var count: Int { entries.count }

    /// Reads a file from start to end; adds each scenario and calls `visit` with its index in the catalog.
    ///
    /// - Returns: the digest of the file's bytes; nil when it cannot be read. Problems go to `diagnostics`, at most
    ///   1,000 of them.
    public mutating func add(
        _ path: String, into diagnostics: inout Diagnostics, visit: (Int, ScenarioOutline, inout Diagnostics) -> Void
    ) -> Digest? {
        path.hasSuffix(".jsonl")
            ? addLines(path, into: &diagnostics, visit: visit)
            : addDocument(path, into: &diagnostics, visit: visit)
    }

    private mutating func addDocument(
        _ path: String, into diagnostics: inout Diagnostics, visit: (Int, ScenarioOutline, inout Diagnostics) -> Void
    ) -> Digest? {
        let shown = FilePath.shown(path)
        let shape = ScenarioReading.fileShape(graders: reading.graders.shape)
        guard let text = DocumentFile.text(of: path, into: &diagnostics),
            let node = DocumentFile.read(
                text: text, shown: shown, isJSON: path.hasSuffix(".json"), shape: shape, into: &diagnostics)
        else { return nil }
        var scenarios: [Scenario] = []
        for entry in node["scenarios"]?.array ?? [] {
            do {
                let outline = try reading.checkedOutline(of: entry, file: shown)
                append(outline, start: scenarios.count)
                scenarios.append(try reading.checkedScenario(from: entry, file: shown))
                visit(entries.count - 1, outline, &diagnostics)
            } catch {
                for diagnostic in error.diagnostics { diagnostics.append(diagnostic) }
            }
        }
        files.append(File(path: path, shown: shown, stamp: FileStamp(), scenarios: scenarios))
        return SHA256Hasher.digest(of: text)
    }

    private mutating func addLines(
        _ path: String, into diagnostics: inout Diagnostics, visit: (Int, ScenarioOutline, inout Diagnostics) -> Void
    ) -> Digest? {
        let shown = FilePath.shown(path)
        do {
            let reader = try LineFile(path: path)
            var hasher = SHA256Hasher()
            try reader.forEachLine(hashing: &hasher) { line, number, offset in
                guard !line.allSatisfy({ $0 == 0x20 || $0 == 0x09 }) else { return }
                guard diagnostics.all.count < 1_000 else { return }
                guard let node = Self.node(of: line, number, file: shown, into: &diagnostics) else { return }
                guard let outline = reading.outline(of: node, file: shown, into: &diagnostics) else { return }
                append(outline, start: offset)
                visit(entries.count - 1, outline, &diagnostics)
            }
            files.append(File(path: path, shown: shown, stamp: reader.stamp, scenarios: nil))
            return hasher.finalize()
        } catch let failure as FileFailure {
            diagnostics.append(Diagnostic(shown, nil, failure.reason))
        } catch {
            diagnostics.append(Diagnostic(shown, nil, "a line is longer than \(LineFile.lineLimit >> 20) MiB"))
        }
        return nil
    }

    private mutating func append(_ outline: ScenarioOutline, start: Int) {
        entries.append(Entry(start: UInt64(start), line: UInt32(outline.location.line), file: UInt32(files.count)))
        var hasher = Hasher()
        hasher.combine(outline.id.rawValue)
        names.append(UInt64(bitPattern: Int64(hasher.finalize())))
    }

    private static func node(
        of line: UnsafeBufferPointer<UInt8>, _ number: Int, file: String, into diagnostics: inout Diagnostics
    ) -> Node? {
        do { return try JSONReader.read(line, line: number) } catch {
            diagnostics.append(Diagnostic(file, error.position, error.message))
            return nil
        }
    }

    public func scenarios(in range: Range<Int>) throws -> [Scenario] {
        var scenarios: [Scenario] = []
        scenarios.reserveCapacity(range.count)
        var index = range.lowerBound
        while index < range.upperBound {
            let file = entries[index].file
            var end = index + 1
            while end < range.upperBound, entries[end].file == file { end += 1 }
            if let held = files[Int(file)].scenarios {
                scenarios += entries[index..<end].map { held[Int($0.start)] }
            } else {
                try readLines(index..<end, of: files[Int(file)], into: &scenarios)
            }
            index = end
        }
        return scenarios
    }

    private func readLines(_ range: Range<Int>, of file: File, into scenarios: inout [Scenario]) throws {
        let (first, next) = (entries[range.lowerBound], range.upperBound)
        let end = next < entries.count && entries[next].file == first.file ? Int(entries[next].start) : Int(file.stamp.size)
        let span = end - Int(first.start)
        let reader = try kept.take(file.path) ?? LineFile(path: file.path, span: span)
        defer { kept.putBack(reader) }
        guard reader.stamp == file.stamp, reader.isUnchanged(span: span) else {
            throw InvalidInput(
                file.shown, nil, "the file has changed since the run began", suggestion: "start the run again")
        }
        for entry in entries[range] {
            let node = try reader.withLine(at: Int(entry.start)) { try JSONReader.read($0, line: Int(entry.line)) }
            scenarios.append(try reading.checkedScenario(from: node, file: file.shown))
        }
    }
}

extension ScenarioCatalog {
    /// Reports ids that stand twice, and forgets what it needed for that: eight bytes a scenario.
    public mutating func checkNames(into diagnostics: inout Diagnostics) {
        let names = self.names
        self.names = []
        var sorted = names
        sorted.sort()
        var repeated: Set<UInt64> = []
        for (a, b) in zip(sorted, sorted.dropFirst()) where a == b { repeated.insert(a) }
        guard !repeated.isEmpty else { return }
        var first: [UInt64: Int] = [:]
        for (index, name) in names.enumerated() where repeated.contains(name) {
            guard let earlier = first[name] else {
                first[name] = index
                continue
            }
            report(index, earlier, into: &diagnostics)
        }
    }

    private func report(_ index: Int, _ earlier: Int, into diagnostics: inout Diagnostics) {
        let (entry, other) = (entries[index], entries[earlier])
        let file = files[Int(entry.file)]
        var (id, position) = ("", SourcePosition(line: Int(entry.line), column: 1))
        if let held = file.scenarios {
            id = held[Int(entry.start)].id.rawValue
        } else if let reader = try? LineFile(path: file.path),
            let node = try? reader.withLine(at: Int(entry.start), { try JSONReader.read($0, line: Int(entry.line)) })
        {
            id = node["id"]?.string ?? ""
            position = node["id"]?.position ?? position
        }
        diagnostics.append(
            Diagnostic(
                file.shown, position, "scenario \"\(id)\" is defined twice",
                suggestion: "first defined at \(files[Int(other.file)].shown):\(other.line)"))
    }
}
