import Foundation
import Testing

@testable import RungText

@Suite struct ByteWindowTests {
    private func window(over text: String, chunk: Int) -> (ByteWindow, FileHandle) {
        let pipe = Pipe()
        pipe.fileHandleForWriting.write(Data(text.utf8))
        try? pipe.fileHandleForWriting.close()
        let reading = pipe.fileHandleForReading
        return (ByteWindow(descriptor: reading.fileDescriptor, chunk: chunk), reading)
    }

    @Test(arguments: [1, 2, 100])
    func `bytes come in order and end with nil`(chunk: Int) throws {
        var (window, handle) = window(over: "abc", chunk: chunk)
        defer { try? handle.close() }
        var found: [UInt8] = []
        while let byte = try window.peek() {
            found.append(byte)
            window.drop(1)
        }
        #expect(found == Array("abc".utf8))
        #expect(try window.peek() == nil)
    }

    @Test func `the window grows while more is asked for, up to the end of the file`() throws {
        var (window, handle) = window(over: "abcdefgh", chunk: 2)
        defer { try? handle.close() }
        window.drop(0)
        #expect(try window.available(beyond: 4) > 4)
        #expect(try window.available(beyond: 100) == 8)
        window.drop(3)
        #expect(window.withBytes { String(decoding: $0, as: UTF8.self) } == "defgh")
    }

    @Test func `a descriptor that cannot be read is a failure with the system's words`() {
        var window = ByteWindow(descriptor: -1, chunk: 8)
        let failure = #expect(throws: ReadFailure.self) { try window.peek() }
        #expect(failure?.message == "cannot be read: Bad file descriptor")
    }
}
