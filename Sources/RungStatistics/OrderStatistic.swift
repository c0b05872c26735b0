/// Single elements of what sorting would give, without sorting.
enum OrderStatistic {
    /// The element at `rank` (from 0) of the sorted numbers; reorders them. Takes linear time on average (Hoare 1961).
    ///
    /// - Precondition: the rank is an index, and no number is NaN.
    static func select(_ rank: Int, in numbers: inout [Double]) -> Double {
        precondition(numbers.indices.contains(rank), "a rank is below the number of elements")
        return numbers.withUnsafeMutableBufferPointer { select(rank, $0) }
    }

    private static func select(_ rank: Int, _ numbers: UnsafeMutableBufferPointer<Double>) -> Double {
        var (low, high) = (0, numbers.count - 1)
        while low < high {
            let pivot = middle(numbers[low], numbers[low + (high - low) / 2], numbers[high])
            var (left, right) = (low, high)
            while left <= right {
                while numbers[left] < pivot { left += 1 }
                while numbers[right] > pivot { right -= 1 }
                if left <= right {
                    numbers.swapAt(left, right)
                    left += 1
                    right -= 1
                }
            }
            if rank <= right {
                high = right
            } else if rank >= left {
                low = left
            } else {
                return numbers[rank]
            }
        }
        return numbers[rank]
    }

    private static func middle(_ a: Double, _ b: Double, _ c: Double) -> Double { max(min(a, b), min(max(a, b), c)) }

    /// The quantile of sorted numbers by linear interpolation at p · (n − 1), as numpy has it by default (type 7 of Hyndman and Fan).
    ///
    /// - Precondition: there is a number, and p is in 0…1.
    static func quantile(_ p: Double, ofSorted numbers: [Double]) -> Double {
        precondition(!numbers.isEmpty && (0...1).contains(p), "a quantile is taken of numbers, at a probability")
        let place = p * Double(numbers.count - 1)
        let below = Int(place.rounded(.down))
        guard below + 1 < numbers.count else { return numbers[numbers.count - 1] }
        let share = place - Double(below)
        return numbers[below] + (numbers[below + 1] - numbers[below]) * share
    }
}
