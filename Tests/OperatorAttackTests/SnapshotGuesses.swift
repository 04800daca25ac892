import VaultCoding
import VaultStorage

@testable import VaultKeyring

// How a thief with the file guesses which tags in two compartments are of one person. Which
// compartment a tag is in is given to them; each strategy makes one guess for each tag of one
// compartment among the tags of another, so that one in as many as there are people is right by
// chance.
extension Snapshot {
    /// Where a tag stands in a file or in an order.
    struct Place {
        let person: Int
        let compartment: Compartment
        /// Byte in the file, or number in the order.
        let at: Int
    }

    static let pageSize = 8192

    /// The rows of a space in the order in which their keys lie in the file. In a page SQLite puts a
    /// new row in front of those that it has, so that this order, read backwards within each page, is
    /// the order in which rows came since the page was last rebuilt.
    func physicalOrder(_ space: Space, in file: [UInt8]) -> [Place] {
        let skipped = space == .wrappedKeys ? 1 : 0
        var known: [UInt64: [(key: [UInt8], place: Place)]] = [:]
        for place in keyOrder(space) {
            guard let key = rows[space]?[place.at].key else { continue }
            known[Self.word(key[skipped...]), default: []].append((key, place))
        }
        var places: [Place] = []
        var word: UInt64 = 0
        for (end, byte) in file.enumerated() {
            word = word << 8 | UInt64(byte)
            let start = end - 7 - skipped
            guard start >= 0, let candidates = known[word] else { continue }
            for (key, place) in candidates where file[start...].starts(with: key) {
                places.append(
                    Place(person: place.person, compartment: place.compartment, at: start))
            }
        }
        return places.sorted {
            let pages = ($0.at / Self.pageSize, $1.at / Self.pageSize)
            return pages.0 == pages.1 ? $0.at > $1.at : pages.0 < pages.1
        }
    }

    private static func word(_ bytes: ArraySlice<UInt8>) -> UInt64 {
        bytes.prefix(8).reduce(0) { $0 << 8 | UInt64($1) }
    }

    /// Which of these stand in the bytes; each has at least eight.
    static func found(_ needles: Set<[UInt8]>, in bytes: [UInt8]) -> Set<[UInt8]> {
        let known = Dictionary(grouping: needles) { Self.word($0[...]) }
        var found: Set<[UInt8]> = []
        var word: UInt64 = 0
        for (end, byte) in bytes.enumerated() {
            word = word << 8 | UInt64(byte)
            guard end >= 7, let candidates = known[word] else { continue }
            for needle in candidates where bytes[(end - 7)...].starts(with: needle) {
                found.insert(needle)
            }
        }
        return found
    }

    /// Two rows that lie side by side in a page, of different compartments: how many there are, and
    /// how many of them are of one person.
    func neighbours(_ order: [Place]) -> (found: Int, right: Int) {
        let pairs = zip(order, order.dropFirst()).filter {
            $0.0.compartment != $0.1.compartment
                && $0.0.at / Self.pageSize == $0.1.at / Self.pageSize
        }
        return (pairs.count, pairs.count { $0.0.person == $0.1.person })
    }

    /// The tags of a space in the order of the keys.
    func keyOrder(_ space: Space) -> [Place] {
        var known: [[UInt8]: (Int, Compartment)] = [:]
        for (person, tags) in people.enumerated() {
            for (compartment, tag) in tags { known[tag.bytes] = (person, compartment) }
        }
        return (rows[space] ?? []).enumerated().compactMap { number, row in
            let start = space == .wrappedKeys ? 1 : 0
            guard row.key.count >= start + Tag.size,
                let (person, compartment) = known[Array(row.key[start..<start + Tag.size])]
            else { return nil }
            return Place(person: person, compartment: compartment, at: number)
        }
    }

    /// Guesses right: the i-th tag of one compartment is of the same person as the i-th of another.
    func hitsByRank(_ order: [Place]) -> Int {
        pairs.reduce(0) { sum, pair in
            let ranks = [pair.0, pair.1].map { compartment in
                order.filter { $0.compartment == compartment }.map(\.person)
            }
            return sum + zip(ranks[0], ranks[1]).count { $0 == $1 }
        }
    }

    /// Guesses right: the nearest tag of the other compartment in this order is of the same person.
    func hitsByNeighbour(_ order: [Place]) -> Int {
        pairs.reduce(0) { sum, pair in
            sum
                + order.indices.count { index in
                    guard order[index].compartment == pair.0 else { return false }
                    return nearest(pair.1, to: index, order)?.person == order[index].person
                }
        }
    }

    private func nearest(_ compartment: Compartment, to index: Int, _ order: [Place]) -> Place? {
        for distance in 1..<order.count {
            for near in [index + distance, index - distance] where order.indices.contains(near) {
                if order[near].compartment == compartment { return order[near] }
            }
        }
        return nil
    }

    /// Spearman's rank correlation of the persons' places in two compartments.
    func correlation(_ order: [Place], _ one: Compartment, _ other: Compartment) -> Double {
        func ranks(_ compartment: Compartment) -> [Int: Int] {
            var ranks: [Int: Int] = [:]
            for place in order where place.compartment == compartment {
                ranks[place.person] = ranks[place.person] ?? ranks.count
            }
            return ranks
        }
        let (first, second) = (ranks(one), ranks(other))
        let differences = first.compactMap { person, rank in second[person].map { $0 - rank } }
        let n = Double(differences.count)
        guard n > 1 else { return 0 }
        let squares = differences.map { Double($0 * $0) }.reduce(0, +)
        return 1 - 6 * squares / (n * (n * n - 1))
    }

    var pairs: [(Compartment, Compartment)] {
        Self.compartments.indices.flatMap { first in
            Self.compartments.indices.filter { $0 > first }.map {
                (Self.compartments[first], Self.compartments[$0])
            }
        }
    }
}
