import Foundation

/// Questions about processes.
enum ProcessTable {
    /// Whether a process with this id is there and not a zombie.
    static func isAlive(_ pid: String) -> Bool {
        guard let text = try? String(contentsOfFile: "/proc/\(pid)/stat", encoding: .utf8) else { return false }
        return text.split(separator: ")").last?.split(separator: " ").first != "Z"
    }
}
