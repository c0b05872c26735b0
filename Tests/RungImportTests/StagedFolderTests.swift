import Foundation
import RungText
import Testing

@testable import RungImport

@Suite struct StagedFolderTests {
    @Test func `when one rename fails, the files from before are back`() throws {
        let folder = try TemporaryFolder()
        _ = try folder.file("one", "old")
        var staged = StagedFolder(folder.path + "/", overwrite: true)
        try staged.append(Array("new".utf8), to: "one")
        try staged.append(Array("new".utf8), to: "two")
        let stage = try #require(folder.names.first { $0.hasPrefix(".two.") })
        try FileManager.default.removeItem(atPath: folder.path + "/" + stage)
        let error = #expect(throws: ImportFailure.self) { try staged.commit() }
        #expect(error?.description == "\(folder.path): error: cannot put two in its place: No such file or directory")
        staged.discard()
        #expect(folder.names == ["one"])
        #expect(try folder.text("one") == "old")
    }

    @Test func `a folder in the place of a file is named, even when files may be overwritten`() throws {
        let folder = try TemporaryFolder()
        try FileManager.default.createDirectory(atPath: folder.path + "/one", withIntermediateDirectories: false)
        let error = #expect(throws: InvalidInput.self) { try StagedFolder(folder.path, overwrite: true).check(["one", "two"]) }
        #expect(error?.diagnostics.map(\.text) == ["\(folder.path)/one: error: a folder of this name stands in the way"])
    }

    @Test func `a destination below a file cannot be written`() throws {
        let folder = try TemporaryFolder()
        let file = try folder.file("plain", "text")
        var staged = StagedFolder(file + "/out", overwrite: false)
        let error = #expect(throws: ImportFailure.self) { try staged.append([1], to: "one") }
        #expect(error == ImportFailure(file + "/out", "cannot make the folder: Not a directory"))
        #expect(try folder.text("plain") == "text")
    }
}
