import RungStatistics
import Testing

@Suite struct ConfidenceIntervalTests {
    @Test("methods have the names that files use")
    func names() {
        #expect(
            ConfidenceInterval.Method.allCases.map(\.rawValue) == [
                "wilson", "clopper-pearson", "cluster-robust-t", "t", "bca", "sign-flip", "newcombe", "tango", "empirical-bernstein",
                "hedged-capital",
            ])
    }
}
