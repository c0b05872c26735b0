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
