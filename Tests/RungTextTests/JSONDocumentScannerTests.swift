import Foundation
import Testing

@testable import RungText

@Suite struct JSONDocumentScannerTests {
    /// Every piece as `key@position = value`, or `key[index]@position = value`.
    private func pieces(of text: String, chunk: Int = 256 << 10) throws -> [String] {
        try withFile(text) { path in
            var found: [String] = []
            try JSONDocumentScanner.walk(path: path, elementsOf: ["cases"], chunk: chunk) { item in
                switch item {
                case .member(let key, let position, let value):
                    found.append("\(key)@\(position) = \(value.position) \(JSONText.compact(value.json))")
                case .element(let key, let index, let value):
                    found.append("\(key)[\(index)] = \(value.position) \(JSONText.compact(value.json))")
                }
            }
            return found
        }
    }

    private func problem(in text: String) throws -> String {
        try withFile(text) { path in
            do {
                try JSONDocumentScanner.walk(path: path, elementsOf: ["cases"], chunk: 3) { _ in }
                return "none"
            } catch let error as InvalidInput {
                return error.diagnostics.map { "\($0.position.map(String.init(describing:)) ?? "-") \($0.message)" }.joined()
            }
        }
    }

    private func withFile<Result>(_ text: String, _ body: (String) throws -> Result) throws -> Result {
        let path = NSTemporaryDirectory() + "scanner-\(UUID().uuidString).json"
        try Data(text.utf8).write(to: URL(fileURLWithPath: path))
        defer { try? FileManager.default.removeItem(atPath: path) }
        return try body(path)
    }

    private let sample = """
        {"a": {"b": [1, 2]}, "é": "x\\"]}", "cases": [
          {"id": "ü", "n": 1}, [],
          7 , "s"
        ], "end": null}

        """

    @Test(arguments: [1, 2, 7, 64, 1 << 16])
    func `elements come one by one with the positions of the file, whatever the chunk`(chunk: Int) throws {
        #expect(
            try pieces(of: sample, chunk: chunk) == [
                #"a@1:2 = 1:7 {"b":[1,2]}"#, #"é@1:22 = 1:27 "x\"]}""#, #"cases[0] = 2:3 {"id":"ü","n":1}"#,
                "cases[1] = 2:24 []", "cases[2] = 3:3 7", #"cases[3] = 3:7 "s""#, "end@4:4 = 4:11 null",
            ])
    }

    @Test func `positions inside an element are those of the file`() throws {
        try withFile("\u{FEFF}{\"cases\":[{\"id\":\n \"x\", \"ö\": true}]}") { path in
            var places: [String] = []
            try JSONDocumentScanner.walk(path: path, elementsOf: ["cases"]) { item in
                guard case .element(_, _, let value) = item else { return }
                for member in value.members ?? [] { places.append("\(member.position) \(member.value.position)") }
            }
            #expect(places == ["1:12 2:2", "2:7 2:12"])
        }
    }

    @Test(arguments: [
        ("{}", ""), ("{ \"cases\" : [ ] }", ""), ("{\"cases\":3}", "cases@1:2 = 1:10 3"),
    ])
    func `empty documents, empty arrays and other values under the key are allowed`(text: String, expected: String) throws {
        #expect(try pieces(of: text, chunk: 1).joined(separator: "|") == expected)
    }

    @Test(arguments: [
        ("", "1:1 not valid JSON: expected a value, found the end of the text"),
        ("[1]", "1:1 the document must be an object, found array"),
        ("nope", "1:1 not valid JSON: expected null, found something else"),
        ("{\"a\":1,}", "1:8 not valid JSON: expected a key in double quotes, found \"}\""),
        ("{\"a\" 1}", "1:6 not valid JSON: expected \":\" after the key, found \"1\""),
        ("{\"a\":1 \"b\":2}", "1:8 not valid JSON: expected \",\" or \"}\", found \"\"\""),
        ("{\"a\":1,\n\"a\":2}", "2:1 not valid JSON: duplicate key \"a\""),
        ("{\"a\":1} x", "1:9 not valid JSON: unexpected text after the end of the value"),
        ("{\"cases\":[1,]}", "1:13 not valid JSON: expected a value, found \"]\""),
        ("{\"cases\":[1 2]}", "1:13 not valid JSON: expected \",\" or \"]\", found \"2\""),
        ("{\"cases\":[\n{\"a\":01}]}", "2:7 not valid JSON: numbers have no leading zero"),
        ("{\"cases\":[{\"a\":1},\n  {\"b\"", "2:7 not valid JSON: expected \":\" after the key, found the end of the text"),
        ("{\"cases\":[1,\n2", "2:2 not valid JSON: expected \",\" or \"]\", found the end of the text"),
        ("{\"a\":\"x", "1:6 not valid JSON: string is not closed"),
    ])
    func `the first thing that is not JSON is reported where it stands`(text: String, expected: String) throws {
        #expect(try problem(in: text) == expected)
    }

    @Test(arguments: [("/no/such/file.json", "No such file or directory"), ("/", "Is a directory")])
    func `a file that cannot be read is named with the reason`(path: String, reason: String) {
        let error = #expect(throws: InvalidInput.self) {
            try JSONDocumentScanner.walk(path: path, elementsOf: []) { _ in }
        }
        #expect(error?.diagnostics == [Diagnostic(path, nil, "cannot be read: \(reason)")])
    }

    @Test func `what the body throws ends the walk`() throws {
        struct Stop: Error {}
        try withFile("{\"cases\":[1,2,3]}") { path in
            var count = 0
            #expect(throws: Stop.self) {
                try JSONDocumentScanner.walk(path: path, elementsOf: ["cases"]) { _ in
                    count += 1
                    if count == 2 { throw Stop() }
                }
            }
            #expect(count == 2)
        }
    }
}
