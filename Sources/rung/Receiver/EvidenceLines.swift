import RungCore
import RungText

/// Records of evidence in the body of a request: one on each line.
enum EvidenceLines {
    /// - Throws: `InvalidInput` with every line that is no record.
    static func drafts(_ body: [UInt8], limit: Int) throws(InvalidInput) -> [EvidenceDraft] {
        var drafts: [EvidenceDraft] = []
        var problems: [Diagnostic] = []
        var number = 0
        for line in body.split(separator: 10, omittingEmptySubsequences: false) {
            number += 1
            guard line.contains(where: { $0 > 0x20 }) else { continue }
            guard drafts.count < limit, problems.count < 1_000 else {
                problems.append(
                    Diagnostic(
                        "request", SourcePosition(line: number, column: 1), "there are more than \(limit) records or too many problems"))
                break
            }
            do throws(JSONSyntaxError) {
                let node = try JSONReader.read(Array(line), line: number)
                guard let members = node.members, let kind = node["kind"]?.string else {
                    problems.append(Diagnostic("request", node.position, "a record is an object with \"kind\""))
                    continue
                }
                let rest = members.filter { $0.key != "kind" }.map { JSONValue.Member($0.key, $0.value.json) }
                drafts.append(EvidenceDraft(kind, rest, at: node.position))
            } catch {
                problems.append(Diagnostic("request", error.position, error.message))
            }
        }
        if drafts.isEmpty, problems.isEmpty { problems.append(Diagnostic("request", nil, "the request holds no record")) }
        guard problems.isEmpty else { throw InvalidInput(problems) }
        return drafts
    }
}
