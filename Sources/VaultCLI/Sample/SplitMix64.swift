/// The generator of pseudo-random numbers behind `carevault sample`: SplitMix64 of Steele, Lea and
/// Flood (2014), 64 bits of state. Written out here because the system's generators promise no
/// sequence, and the same seed must give the same bytes on every machine. Not for secrets.
struct SplitMix64 {
    private var state: UInt64

    /// Begins at a seed; every one is good.
    init(seed: UInt64) { state = seed }

    /// A sequence of its own for one thing of a sort, so that a thing stays the same whatever is
    /// drawn for others.
    init(seed: UInt64, stream: SampleStream, index: Int) {
        var outer = SplitMix64(seed: seed)
        var middle = SplitMix64(seed: outer.next() ^ stream.rawValue)
        self.init(seed: middle.next() ^ UInt64(index))
    }

    /// The next 64 bits.
    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var bits = state
        bits = (bits ^ (bits >> 30)) &* 0xBF58_476D_1CE4_E5B9
        bits = (bits ^ (bits >> 27)) &* 0x94D0_49BB_1331_11EB
        return bits ^ (bits >> 31)
    }

    /// A number from 0 to one below `bound`, which is above 0. The bias is below bound ÷ 2⁶⁴.
    mutating func below(_ bound: Int) -> Int {
        Int(next().multipliedFullWidth(by: UInt64(bound)).high)
    }

    /// A number of the range.
    mutating func within(_ range: ClosedRange<Int>) -> Int {
        range.lowerBound + below(range.upperBound - range.lowerBound + 1)
    }

    /// Whether something happens that happens so many times in a hundred.
    mutating func percent(_ share: Int) -> Bool { below(100) < share }

    /// One element of a list that is not empty.
    mutating func one<Element>(of list: [Element]) -> Element { list[below(list.count)] }

    /// One element by weight.
    mutating func one<Element>(of list: [(Element, weight: Int)]) -> Element {
        var rest = below(list.reduce(0) { $0 + $1.weight })
        for (element, weight) in list {
            if rest < weight { return element }
            rest -= weight
        }
        preconditionFailure("internal error: a number below the sum of weights lies in one of them")
    }
}

/// What a sequence of numbers is for. The raw values are part of what a seed means.
enum SampleStream: UInt64 {
    case person = 1
    case inpatient = 2
    case outpatient = 3
    case mutualAid = 4
    case womensPolicy = 5
    case coverage = 6
    case hardship = 7
    case counselling = 8
    case order = 9
    case amounts = 10
}
