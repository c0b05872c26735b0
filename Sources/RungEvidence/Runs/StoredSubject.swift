import RungCore
import RungCrypto

/// A record of the kind `runSubject`, read back.
struct StoredSubject {
    var key: RunSubjects.Key

    init(_ record: StoredRecord) {
        let subject = RunSubject(
            agent: AgentID(record["agentId"].text ?? ""),
            promptVersion: record["promptVersionId"].text.flatMap { Digest($0) },
            configuration: record["configDigest"].text.flatMap { Digest($0) })
        key = RunSubjects.Key(suite: SuiteID(record["suiteId"].text ?? ""), subject: subject)
    }
}
