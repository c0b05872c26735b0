import RungXML
import Testing

@Suite("XML read limits")
struct XMLReadLimitsTests {
    private func refusal(_ text: String, _ limits: XMLReadLimits = XMLReadLimits()) throws -> XMLReadError? {
        let reader = try XMLPullReader(bytes: Array(text.utf8), limits: limits)
        return #expect(throws: XMLReadError.self) { while try reader.next() != nil {} }
    }

    private static let laughs = """
        <?xml version="1.0"?>
        <!DOCTYPE lolz [
          <!ENTITY lol "lol">
          <!ENTITY lol1 "&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;">
          <!ENTITY lol2 "&lol1;&lol1;&lol1;&lol1;&lol1;&lol1;&lol1;&lol1;&lol1;&lol1;">
          <!ENTITY lol3 "&lol2;&lol2;&lol2;&lol2;&lol2;&lol2;&lol2;&lol2;&lol2;&lol2;">
        ]>
        <lolz>&lol3;</lolz>
        """

    @Test("refuse the billion laughs before the first entity is declared")
    func laughs() throws {
        guard case .refused("input", let problem)? = try refusal(Self.laughs) else {
            Issue.record("not refused")
            return
        }
        #expect(problem.line == 2)
        #expect(problem.message == "document type declarations are not accepted")
    }

    @Test(
        "refuse external subsets and entities",
        arguments: [
            "<!DOCTYPE a SYSTEM \"http://127.0.0.1:9/a.dtd\"><a/>",
            "<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><a>&x;</a>",
        ])
    func external(text: String) throws {
        guard case .refused? = try refusal(text) else {
            Issue.record("not refused")
            return
        }
    }

    @Test("know only XML's own entities")
    func undeclaredEntity() throws {
        guard case .malformed(_, let problem)? = try refusal("<a>&lol;</a>") else {
            Issue.record("not malformed")
            return
        }
        #expect(problem.message == "Entity 'lol' not defined")
    }

    @Test("allow 256 nested elements and no more")
    func depth() throws {
        func nested(_ count: Int) -> String {
            String(repeating: "<a>", count: count) + String(repeating: "</a>", count: count)
        }
        let reader = try XMLPullReader(bytes: Array(nested(256).utf8))
        while try reader.next() != nil {}
        let tooDeep = try refusal(nested(257))?.description
        #expect(tooDeep == "input:1:771: nested deeper than 256 levels")
        let third = try refusal("<a>\n<b><c/></b></a>", XMLReadLimits(depth: 2))?.description
        #expect(third == "input:2:6: nested deeper than 2 levels")
    }

    @Test("bound a single tag, so that memory stays constant")
    func hugeTag() throws {
        let error = try refusal("<a b=\"\(String(repeating: "x", count: 11_000_000))\"/>")
        #expect(error?.description == "input:1:1: a single tag or comment is larger than 10 MB")
    }

    @Test("bound the size")
    func size() throws {
        let reader = try XMLPullReader(bytes: Array("<a/>".utf8), limits: XMLReadLimits(bytes: 4))
        while try reader.next() != nil {}
        #expect(try refusal("<a/>", XMLReadLimits(bytes: 3))?.description == "input: larger than 3 bytes")
    }
}
