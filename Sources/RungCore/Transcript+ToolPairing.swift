/// Pairs tool results with tool calls while a transcript is read.
///
/// Real recordings reuse call ids, so a result belongs to the latest unanswered call of its id.
public struct ToolPairing: Sendable {
    private var unanswered: [(id: String?, index: Int)] = []
    private var count = 0

    public init() {}

    /// Notes a call; returns its index.
    @discardableResult
    public mutating func call(id: String?) -> Int {
        unanswered.append((id, count))
        count += 1
        return count - 1
    }

    /// The call that a result with this id answers; nil when every call of that id has been answered.
    public mutating func result(id: String?) -> Int? {
        guard let position = unanswered.lastIndex(where: { $0.id == id }) else { return nil }
        return unanswered.remove(at: position).index
    }
}
