internal import RungText

/// Why a document is no recording of HTTP that can be read, by the name of what it is.
struct VCRRefusal {
    let position: SourcePosition
    let message: String
    let suggestion: String?

    private static let recordAgain = "record over HTTP, or leave the file out"
    private static let supported = "expected a recording of vcrpy, pydantic-ai or go-vcr: an object with \"interactions\""

    /// Nil for a document that has interactions of HTTP, or none at all.
    static func of(_ document: Node) -> VCRRefusal? {
        if let refusal = otherProtocol(document) { return refusal }
        guard let members = document.members else {
            let message = document.isNull ? "the file is empty" : "expected a recording, found \(document.kindName)"
            return VCRRefusal(position: document.position, message: message, suggestion: supported)
        }
        if document["interactions"] != nil { return nil }
        if let member = members.first(where: { $0.key == "http_interactions" }) {
            return VCRRefusal(
                position: member.position, message: "a recording of VCR for Ruby (\"http_interactions\"), which is not supported",
                suggestion: supported)
        }
        if document["log"]?["entries"] != nil {
            return VCRRefusal(position: document.position, message: "a HAR file, which is not supported", suggestion: supported)
        }
        return VCRRefusal(position: document.position, message: "the file has no \"interactions\"", suggestion: supported)
    }

    /// What is recorded without HTTP shows at the top, or in the entries of a list there; deeper things are what somebody said.
    private static func otherProtocol(_ document: Node) -> VCRRefusal? {
        let lists = document.array ?? document.members?.flatMap { $0.value.array ?? [] } ?? []
        for node in [document] + lists where node["request"] == nil || node["response"] == nil {
            if let kind = node.members?.first(where: { $0.key == "kind" }), kind.value.string == "message" {
                return VCRRefusal(
                    position: kind.position,
                    message: "a recording of WebSocket messages (\"kind: message\"), which have no request and no response",
                    suggestion: recordAgain)
            }
            if let sample = node.members?.first(where: { $0.key == "request_sample" }) {
                return VCRRefusal(
                    position: sample.position, message: "a recording of gRPC calls (\"request_sample\"), which hold no bytes of HTTP",
                    suggestion: recordAgain)
            }
        }
        return nil
    }
}
