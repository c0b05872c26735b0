/// The releases of one agent in the order in which they went live.
struct ReleaseTimeline: Equatable, Sendable {
    private var spans: [Span]

    /// No release.
    static let empty = ReleaseTimeline([])

    /// A release as it was recorded.
    struct Release: Sendable {
        var record: Int64
        /// Seconds since 1970.
        var releasedAt: Int64
        var version: Int64
        var configuration: Int64
        /// When it was taken back, at or after the release; nil when it was not.
        var takenBack: Int64?
    }

    /// When which version and configuration was live; half open.
    private struct Span: Equatable, Sendable {
        var from: Int64
        var until: Int64
        var version: Int64
        var configuration: Int64
    }

    /// - Parameter releases: of one agent, in any order; each ends with the next one, or when it is taken back. Of several at
    ///   the same moment the one recorded last stays.
    init(_ releases: [Release]) {
        let sorted = releases.sorted { ($0.releasedAt, $0.record) < ($1.releasedAt, $1.record) }
        spans = []
        for (index, release) in sorted.enumerated() {
            let next = index + 1 < sorted.count ? sorted[index + 1].releasedAt : Int64.max
            let end = min(next, release.takenBack ?? .max)
            guard end > release.releasedAt else { continue }
            spans.append(
                Span(from: release.releasedAt, until: end, version: release.version, configuration: release.configuration))
        }
    }

    /// Whether a release of exactly this version and configuration was live; never for 0, which stands for none.
    func isLive(_ version: Int64, _ configuration: Int64, at time: Int64) -> Bool {
        guard version != 0, configuration != 0 else { return false }
        var low = 0
        var high = spans.count
        while low < high {
            let middle = (low + high) / 2
            if spans[middle].from <= time { low = middle + 1 } else { high = middle }
        }
        guard low > 0 else { return false }
        let span = spans[low - 1]
        return time < span.until && span.version == version && span.configuration == configuration
    }
}
