import RungCore
import RungImport
import RungText
import RungWire
import Testing

@Suite(.enabled(if: CassetteCorpus.folder != nil, "set RUNG_CORPORA to the folder with cassettes/ to test on real recordings"))
struct CassetteCorpusTests {
    @Test func `every recording is read or refused by name`() throws {
        var counts: [String: Int] = [:]
        var exchanges = 0
        for file in try CassetteCorpus.files() {
            do {
                let read = try CassetteCorpus.read(file)
                exchanges += read.exchanges.count
                for exchange in read.exchanges { counts[exchange.dialect.rawValue, default: 0] += 1 }
            } catch let problem as InvalidInput {
                Issue.record("\(problem)")
            }
        }
        #expect(try CassetteCorpus.files().count == 200)
        #expect(exchanges == 368)
        #expect(counts == ["go-vcr": 19, "vcrpy": 109, "vcrpy-parsed-body": 240])
    }

    @Test func `answers are what the official clients make of them`() throws {
        var files: [String: VCRFile] = [:]
        let expectations = try CassetteCorpus.expected()
        #expect(expectations.count == 207)
        for expected in expectations {
            let name = try #require(expected["file"]?.string)
            let file = try files[name] ?? CassetteCorpus.read(name)
            files[name] = file
            let index = try #require(expected["interaction"]?.int)
            let (kind, isStreamed, answer) = file.exchanges[index].exchange.answer()
            let place = "\(name) \(index)"
            #expect(kind.rawValue == expected["kind"]?.string, "\(place)")
            #expect(isStreamed == expected["streamed"]?.bool, "\(place)")
            #expect(answer.model == expected["model"]?.string, "\(place)")
            #expect(answer.outputs.map { $0.expectedForm } == expected["outputs"]?.array?.map(\.json), "\(place)")
            #expect((answer.usage == nil) == expected["usage"]?.isNull, "\(place)")
            for member in expected["usage"]?.members ?? [] {
                #expect(answer.usage?.number(member.key) == member.value.int, "\(place) \(member.key)")
            }
            let isRefused = expected["outputs"]?.array?.isEmpty == true
            #expect((answer.error != nil) == isRefused, "\(place) \(answer.error?.description ?? "")")
        }
    }

    @Test func `where a real answer is cut changes nothing`() throws {
        var random = SeededGenerator(seed: 1)
        for file in try CassetteCorpus.files() {
            for recorded in try CassetteCorpus.read(file).exchanges where recorded.exchange.response.body.count > 1 {
                let whole = recorded.exchange.answer()
                #expect(recorded.exchange.response.bytes == recorded.exchange.response.body.flatMap(\.bytes))
                for _ in 0..<3 {
                    let again = recorded.exchange.answer { bytes in
                        let cuts = (0..<7).map { _ in Int.random(in: 0...bytes.count, using: &random) }.sorted() + [bytes.count]
                        return zip([0] + cuts, cuts).map { Array(bytes[$0..<$1]) }
                    }
                    #expect(again.answer == whole.answer && again.isStreamed == whole.isStreamed, "\(file)")
                }
            }
        }
    }

    @Test func `providers are those of the folders`() throws {
        var others: [String: Set<String>] = [:]
        for file in try CassetteCorpus.files() {
            let folder = String(file.prefix { $0 != "/" }).replacing("-gla", with: "").replacing("google-vertex", with: "vertex")
            for recorded in try CassetteCorpus.read(file).exchanges {
                let request = WireRequest(recorded.exchange.request)
                let provider = WireProvider.name(of: request, kind: WireKind(of: request))
                if provider != folder { others[folder, default: []].insert(provider) }
            }
        }
        // Some agents talk to two providers in one recording.
        #expect(others == ["anthropic": ["openai"], "google": ["openai"]])
    }

    /// Half a file, a byte changed, lines left out: read or refused, and never anything else.
    @Test func `broken recordings are read or refused`() throws {
        var random = SeededGenerator(seed: 2)
        var refused = 0
        for file in try CassetteCorpus.files().filter({ $0.hasPrefix("bedrock/") || $0.hasPrefix("ollama/") || $0.hasPrefix("cohere/") }) {
            let bytes = try CassetteCorpus.bytes(file)
            for _ in 0..<10 {
                var broken = bytes
                switch Int.random(in: 0..<3, using: &random) {
                case 0: broken.removeLast(Int.random(in: 0..<bytes.count, using: &random))
                case 1: broken[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(in: 0...127, using: &random)
                default:
                    let start = Int.random(in: 0..<bytes.count, using: &random)
                    broken.removeSubrange(start..<min(bytes.count, start + Int.random(in: 1...200, using: &random)))
                }
                do {
                    for recorded in try VCRReader.read(broken, name: file).exchanges { _ = recorded.exchange.answer() }
                } catch let problem as InvalidInput {
                    refused += 1
                    #expect(problem.diagnostics.allSatisfy { $0.file == file })
                }
            }
        }
        #expect(refused > 20)
    }
}

extension ModelAnswer.Output {
    /// As the known answers have it.
    fileprivate var expectedForm: JSONValue {
        [
            "text": .string(text), "finish": finish.map { .string($0) } ?? .null,
            "toolCalls": .array(
                toolCalls.map {
                    ["id": $0.id.map { .string($0) } ?? .null, "name": .string($0.name), "arguments": .string($0.arguments)]
                }),
        ]
    }
}

extension ModelUsage {
    fileprivate func number(_ name: String) -> Int? {
        switch name {
        case "input": input
        case "output": output
        case "cacheRead": cacheRead
        case "cacheCreation": cacheCreation
        case "reasoning": reasoning
        default: nil
        }
    }
}
