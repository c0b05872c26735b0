import Foundation
import RungCore
import RungImport
import RungTestSupport
import RungText
import RungWire

/// Real recordings with what the official clients made of them, read where they are.
enum CassetteCorpus {
    static var folder: String? { Corpora.path("cassettes") }

    /// All recordings, by path.
    static func files() throws -> [String] {
        guard let folder else { return [] }
        let names = FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String } ?? []
        return names.filter { $0.hasSuffix(".yaml") }.sorted()
    }

    /// The known answers.
    static func expected() throws -> [Node] {
        guard let folder else { return [] }
        let text = try String(contentsOfFile: "\(folder)/EXPECTED.jsonl", encoding: .utf8)
        return try text.split(separator: "\n").map { try JSONReader.read(String($0)) }
    }

    static func bytes(_ name: String) throws -> [UInt8] { Array(try Data(contentsOf: URL(fileURLWithPath: "\(folder ?? "")/\(name)"))) }

    static func read(_ name: String) throws -> VCRFile { try VCRReader.read("\(folder ?? "")/\(name)") }
}

extension Exchange {
    /// The answer, read in chunks.
    func answer(cutting cut: ([UInt8]) -> [[UInt8]] = { [$0] }) -> (kind: WireKind, isStreamed: Bool, answer: ModelAnswer) {
        var reader = AnswerReader(self)
        for chunk in cut(response.bytes) { reader.push(chunk) }
        let answer = reader.finish()
        return (reader.kind, reader.isStreamed, answer)
    }
}

/// A generator that gives the same numbers for the same seed (SplitMix64).
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return value ^ (value >> 31)
    }
}
