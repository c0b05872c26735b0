import Testing

@testable import RungFormats

@Suite("Paths as text")
struct FilePathTests {
    @Test(
        "parts are applied where that needs no look at the disk",
        arguments: [
            ("a/../b", "b"), ("./a//b/.", "a/b"), ("/a/../../b", "/b"), ("../a", "../a"), ("a/../../b", "../b"), (".", "."), ("a/..", "."),
        ])
    func normalized(_ path: String, _ expected: String) {
        #expect(FilePath.normalized(path) == expected)
    }

    @Test("folder, name and stem of a path")
    func parts() {
        #expect(FilePath.folder(of: "a/b/c.yaml") == "a/b")
        #expect(FilePath.folder(of: "c.yaml") == ".")
        #expect(FilePath.folder(of: "/c.yaml") == "/")
        #expect(FilePath.name(of: "a/b/c.tar.gz") == "c.tar.gz")
        #expect(FilePath.stem(of: "a/b/c.tar.gz") == "c.tar")
        #expect(FilePath.stem(of: ".hidden") == ".hidden")
        #expect(FilePath.join("a", "/b") == "/b")
        #expect(FilePath.join("a/", "b") == "a/b")
    }
}
