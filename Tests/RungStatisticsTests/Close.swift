/// True when two numbers differ by at most the tolerance, taken relative to the expected one where that is beyond 1.
func isClose(_ value: Double, _ expected: Double, within tolerance: Double = 1e-9) -> Bool {
    abs(value - expected) <= tolerance * max(1, abs(expected))
}

/// True when two numbers agree in their leading digits, however small they are.
func isRelativelyClose(_ value: Double, _ expected: Double, within tolerance: Double) -> Bool {
    abs(value - expected) <= tolerance * abs(expected)
}
