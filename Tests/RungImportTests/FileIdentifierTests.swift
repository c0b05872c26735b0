import Testing

@testable import RungImport

@Suite struct FileIdentifierTests {
    @Test(arguments: [
        ("gpt-4o-airline.public.jsonl", "gpt-4o-airline"), ("gpt-4.1-airline.json", "gpt-4.1-airline"), ("runs", "runs"),
        ("my runs (May).json", "my-runs-May"), ("größe.json", "gr-e"), (".json", "recording"), ("---", "recording"),
        ("run_2.json5", "run_2"),
    ])
    func `names without extensions become identifiers`(_ fileName: String, _ identifier: String) {
        #expect(FileIdentifier.of(fileName) == identifier)
    }
}
