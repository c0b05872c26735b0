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
