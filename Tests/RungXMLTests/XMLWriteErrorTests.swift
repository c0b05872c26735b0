import Testing

@testable import RungXML

@Suite("An XML write error")
struct XMLWriteErrorTests {
    @Test("says what failed, where and why")
    func description() {
        #expect(XMLWriteError(.create, "a.xml", code: 13).description == "create a.xml: Permission denied")
        #expect(XMLWriteError(.write, "a.xml", code: 28).description == "write a.xml: No space left on device")
        #expect(XMLWriteError(.close, "a.xml", code: 5).description == "close a.xml: Input/output error")
        #expect(XMLWriteError(.copy, "spool", code: 2).description == "copy spool: No such file or directory")
    }
}
