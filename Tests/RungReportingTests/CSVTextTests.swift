import Testing

@testable import RungReporting

@Suite struct CSVTextTests {
    @Test(arguments: [
        ("", ""), ("plain", "plain"), ("a,b", "\"a,b\""), ("say \"hi\"", "\"say \"\"hi\"\"\""), ("a\nb", "a b"), ("a\r\nb", "a␍ b"),
        (" a", "\" a\""),
        ("=1+1", "'=1+1"), ("+1", "'+1"), ("-1", "'-1"), ("@sum", "'@sum"), ("\t=1", "'\u{0020}=1"), ("  =1", "'  =1"), ("＝1", "'＝1"),
        ("a=1", "a=1"), ("=a,\"b\"", "\"'=a,\"\"b\"\"\""),
    ])
    func `text is quoted where it must be, and never computed`(text: String, cell: String) {
        #expect(CSVText.record([.text(text)]) == cell + "\r\n")
    }

    @Test func `words of our own stay as they are`() {
        #expect(CSVText.record(["-1", .plain("0.5"), .text("x")]) == "-1,0.5,x\r\n")
    }
}
