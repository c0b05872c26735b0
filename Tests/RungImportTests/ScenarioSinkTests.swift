import RungCore
import RungImport
import RungText
import Testing

@Suite struct ScenarioSinkTests {
    private let suite = SuiteDraft(id: "s", title: "S", agents: ["a"], trials: 1, graders: [])

    private func scenario(_ id: String, padding: Int = 0) -> ScenarioDraft {
        ScenarioDraft(id: id, input: .string(String(repeating: "x", count: padding)), provenance: Scenario.Provenance())
    }

    @Test func `nothing has its name before the commit`() throws {
        let folder = try TemporaryFolder()
        var sink = try FolderSink(folder.path + "/deep/out", overwrite: false)
        try sink.append(scenario("a"))
        try sink.finish(suite)
        #expect(!folder.names.contains { $0.hasSuffix("/suite.yaml") || $0.hasSuffix("/scenarios.jsonl") })
        try sink.commit()
        #expect(folder.names == ["deep", "deep/out", "deep/out/scenarios.jsonl", "deep/out/suite.yaml"])
    }

    @Test func `a discarded import leaves nothing, not even the folders that it made`() throws {
        let folder = try TemporaryFolder()
        var sink = try FolderSink(folder.path + "/deep/out", overwrite: false)
        try sink.append(scenario("a", padding: 2 << 20))
        try sink.finish(suite)
        sink.discard()
        #expect(folder.names == [])
    }

    @Test func `scenarios larger than the buffer keep their order`() throws {
        let folder = try TemporaryFolder()
        var sink = try FolderSink(folder.path, overwrite: false)
        for id in ["a", "b", "c"] { try sink.append(scenario(id, padding: 700_000)) }
        try sink.finish(suite)
        try sink.commit()
        let lines = try folder.text("scenarios.jsonl").split(separator: "\n", omittingEmptySubsequences: false)
        #expect(lines.map { $0.prefix(9) } == [#"{"id":"a""#, #"{"id":"b""#, #"{"id":"c""#, ""])
        #expect(lines.map(\.utf8.count).dropLast().allSatisfy { $0 > 700_000 })
    }
}
