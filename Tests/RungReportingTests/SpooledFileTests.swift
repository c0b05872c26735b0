import Foundation
import Testing

@testable import RungReporting

@Suite struct SpooledFileTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    @Test func `the file is header, body and footer, and appears only at the end`() throws {
        let file = try SpooledFile(path: folder.file("a.txt"))
        try file.write(Array("body ".utf8))
        try file.write(Array("more".utf8))
        #expect(folder.names == [])
        try file.finish(header: Array("<".utf8), footer: Array(">".utf8))
        #expect(folder.names == ["a.txt"])
        #expect(try folder.text("a.txt") == "<body more>")
    }

    @Test func `bodies larger than every buffer come out whole`() throws {
        let file = try SpooledFile(path: folder.file("a.txt"))
        var expected: [UInt8] = []
        for (index, size) in [1, 100_000, 131_072, 300_000, 0, 7].enumerated() {
            let piece = [UInt8](repeating: UInt8(65 + index), count: size)
            expected += piece
            try file.write(piece)
        }
        try file.finish(header: [], footer: [])
        #expect(try Array(Data(contentsOf: URL(fileURLWithPath: folder.file("a.txt")))) == expected)
    }

    @Test func `sections are put together in the order of the parts, however they were interleaved`() throws {
        let file = try SpooledFile(path: folder.file("a.txt"))
        file.mark(section: 1, from: 0)
        file.mark(section: 0, from: 2)
        file.mark(section: 1, from: 5)
        file.mark(section: 1, from: 6)
        try file.write(Array("bbaaabb".utf8))
        try file.finish([.section(0), .text(Array("|".utf8)[...]), .section(1), .section(2)])
        #expect(try folder.text("a.txt") == "aaa|bbbb")
    }

    @Test func `an older report stays until the new one is complete, and for good when it is given up`() throws {
        try folder.write("old", to: "a.txt")
        let file = try SpooledFile(path: folder.file("a.txt"))
        try file.write(Array("new".utf8))
        #expect(try folder.text("a.txt") == "old")
        file.discard()
        #expect(folder.names == ["a.txt"])
        #expect(try folder.text("a.txt") == "old")
    }

    @Test func `a dropped file leaves nothing behind`() throws {
        do {
            let file = try SpooledFile(path: folder.file("a.txt"))
            try file.write([65])
        }
        #expect(folder.names == [])
    }

    @Test func `what an earlier process left behind is not in the way`() throws {
        try folder.write("left", to: "a.txt.partial")
        let file = try SpooledFile(path: folder.file("a.txt"))
        try file.finish(header: [65], footer: [])
        #expect(folder.names == ["a.txt", "a.txt.partial"])
        #expect(try folder.text("a.txt") == "A")
        #expect(try folder.text("a.txt.partial") == "left")
    }

    @Test func `a symbolic link is followed, not replaced`() throws {
        try folder.write("old", to: "real.txt")
        try FileManager.default.createSymbolicLink(atPath: folder.file("link.txt"), withDestinationPath: "real.txt")
        let file = try SpooledFile(path: folder.file("link.txt"))
        try file.finish(header: [65], footer: [])
        #expect(try folder.text("real.txt") == "A")
        #expect(try FileManager.default.destinationOfSymbolicLink(atPath: folder.file("link.txt")) == "real.txt")
    }

    @Test func `a device is written to and not replaced`() throws {
        let file = try SpooledFile(path: "/dev/null")
        try file.write([65])
        try file.finish(header: [], footer: [])
        let type = try FileManager.default.attributesOfItem(atPath: "/dev/null")[.type] as? FileAttributeType
        #expect(type == .typeCharacterSpecial)
    }

    @Test(arguments: [
        ("/no/such/folder/a.txt", "No such file or directory"), ("/", "Is a directory"), ("/dev/null/a.txt", "Not a directory"),
    ])
    func `a path that cannot be written fails at once with its reason`(path: String, reason: String) {
        let error = #expect(throws: ReportFailure.self) { try SpooledFile(path: path) }
        #expect(error?.description == "cannot write \(path): \(reason)")
    }

    /// Opens the first `good` files as they are, and the full device in place of all others.
    private func filling(after good: Int) -> SpooledFile.Opening {
        var count = 0
        return { path, flags in
            count += 1
            return count <= good ? open(path, flags, 0o666) : open("/dev/full", O_RDWR)
        }
    }

    @Test func `a disk that is full while the body is spooled is an error with path and reason`() throws {
        let path = folder.file("a.txt")
        let file = try SpooledFile(path: path, opening: filling(after: 0))
        let error = #expect(throws: ReportFailure.self) { try file.write([UInt8](repeating: 65, count: 1 << 20)) }
        #expect(error == ReportFailure(path: path, reason: "No space left on device"))
        #expect(folder.names == [])
    }

    @Test func `a disk that is full at the end leaves no file and no part of one`() throws {
        let path = folder.file("a.txt")
        try folder.write("old", to: "a.txt")
        let file = try SpooledFile(path: path, opening: filling(after: 1))
        try file.write([65])
        #expect(throws: ReportFailure(path: path, reason: "No space left on device")) {
            try file.finish(header: [66], footer: [])
        }
        #expect(folder.names == ["a.txt"])
        #expect(try folder.text("a.txt") == "old")
        #expect(throws: ReportFailure(path: path, reason: "the report was given up after an earlier failure")) {
            try file.finish(header: [], footer: [])
        }
    }
}
