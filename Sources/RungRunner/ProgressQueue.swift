/// Collects the reports of the workers for the one task that tells the observers.
///
/// Reports pile up while the observers work, so that a slow disk makes larger batches and not slower trials; beyond
/// `limit` the workers wait.
actor ProgressQueue {
    private var pending: [CaseProgress] = []
    private var reader: CheckedContinuation<Void, Never>?
    private var writers: [CheckedContinuation<Void, Never>] = []
    private var isClosed = false
    private let limit: Int

    init(limit: Int) { self.limit = limit }

    func append(_ progress: [CaseProgress]) async {
        pending += progress
        reader?.resume()
        reader = nil
        if pending.count > limit, !isClosed { await withCheckedContinuation { writers.append($0) } }
    }

    /// Everything that has come since the last call; nil at the end.
    func take() async -> [CaseProgress]? {
        while pending.isEmpty {
            if isClosed { return nil }
            await withCheckedContinuation { reader = $0 }
        }
        let batch = pending
        pending = []
        let writers = writers
        self.writers = []
        for writer in writers { writer.resume() }
        return batch
    }

    /// No more will come.
    func close() {
        isClosed = true
        reader?.resume()
        reader = nil
        for writer in writers { writer.resume() }
        writers = []
    }
}
