import GRDB
import Testing
import VaultCoding
import VaultSodium
import VaultStorage

@testable import VaultKeyring

extension OperatorAttackTests {
    /// One snapshot of a stopped vault, in the hands of a thief without a secret: which files in two
    /// compartments are of one person? Sixty people, each in four compartments.
    ///
    /// A guess is right once in sixty times by chance, so six of the 360 guesses of a strategy. More
    /// than 20 happen by chance once in 600 000 times.
    @Suite(.serialized) struct SnapshotTests {
        private static let count = 60
        private static let chance = 20
        private static let shuffled = Result { try Snapshot(people: count, .shuffled, seed: 11) }
        private static let sessions = Result { try Snapshot(people: count, .sessions, seed: 12) }

        enum Kind: CaseIterable { case shuffled, sessions }

        private func snapshot(_ kind: Kind) throws -> Snapshot {
            try (kind == .shuffled ? Self.shuffled : Self.sessions).get()
        }

        static let spaces: [Space] = [.wrappedKeys, .records, .careRows]

        // MARK: Keys and bytes

        /// No three bytes at the front of two tags of a person, no eight bytes anywhere in their rows.
        @Test(arguments: Kind.allCases) func sharesNoKeyBetweenCompartments(kind: Kind) throws {
            let snapshot = try snapshot(kind)
            #expect(snapshot.people.count == Self.count)
            for tags in snapshot.people {
                #expect(tags.count == Snapshot.compartments.count + 1, "legal has a tag too")
                let fronts = Set(tags.values.map { Array($0.bytes.prefix(3)) })
                #expect(fronts.count == tags.count)
            }
            var owners: [[UInt8]: (Int, Compartment)] = [:]
            for space in Self.spaces {
                for place in snapshot.keyOrder(space) {
                    guard let row = snapshot.rows[space]?[place.at] else { continue }
                    // Behind version and key number of an envelope; behind the tag of a key.
                    for window in Self.windows(Array(row.value.dropFirst(5)))
                        + Self.windows(
                            space == .records ? Array(row.key.dropFirst(16).prefix(16)) : [])
                    {
                        let owner = owners.updateValue(
                            (place.person, place.compartment), forKey: window)
                        #expect(owner == nil || owner?.1 == place.compartment)
                    }
                }
            }
            #expect(owners.count > 100_000)
        }

        private static func windows(_ bytes: [UInt8]) -> [[UInt8]] {
            guard bytes.count >= 8 else { return [] }
            return (0...bytes.count - 8).map { Array(bytes[$0..<$0 + 8]) }
        }

        /// Who a person is stands in neither file, and nothing of the store's keys in the log.
        @Test(arguments: Kind.allCases) func namesNobodyInTheFiles(kind: Kind) throws {
            let snapshot = try snapshot(kind)
            let subjects = Set(snapshot.subjects.map(\.bytes))
            let tags = Set(snapshot.people.flatMap { $0.values.map(\.bytes) })
            #expect(Snapshot.found(subjects, in: snapshot.file) == [])
            #expect(Snapshot.found(subjects.union(tags), in: snapshot.log) == [])
            // The search finds what is there: the tags of the four compartments.
            let there = Snapshot.found(tags, in: snapshot.file)
            #expect(there.count == Self.count * Snapshot.compartments.count)
        }

        // MARK: Order

        /// Rows lie in the order of their keys, which are random to whoever lacks the tag keys: however
        /// they were written.
        @Test(arguments: Kind.allCases, SnapshotTests.spaces)
        func orderOfKeysLinksNobody(kind: Kind, space: Space) throws {
            let snapshot = try snapshot(kind)
            let order = snapshot.keyOrder(space)
            #expect(order.count == Self.count * Snapshot.compartments.count)
            #expect(snapshot.hitsByRank(order) <= Self.chance)
            #expect(snapshot.hitsByNeighbour(order) <= Self.chance)
            for (one, other) in snapshot.pairs {
                // Standard deviation 0.13 for sixty.
                #expect(abs(snapshot.correlation(order, one, other)) < 0.6)
            }
        }

        /// Where rows lie in the pages of the file, when records came in mixed order.
        @Test(arguments: SnapshotTests.spaces)
        func placesInPagesLinkNobodyWhenWritersMix(space: Space) throws {
            let snapshot = try snapshot(.shuffled)
            let order = snapshot.physicalOrder(space, in: snapshot.file)
            #expect(order.count >= Self.count * Snapshot.compartments.count)
            #expect(snapshot.hitsByRank(order) <= Self.chance)
            #expect(snapshot.hitsByNeighbour(order) <= Self.chance)
            let sideBySide = snapshot.neighbours(order)
            #expect(sideBySide.found > 100)
            #expect(sideBySide.right <= 14, "three by chance")
            for (one, other) in snapshot.pairs {
                #expect(abs(snapshot.correlation(order, one, other)) < 0.6)
            }
        }

        /// The strategies find what is there: in an order that does link, they hit.
        @Test func theStrategiesHitWhereThereIsSomethingToHit() throws {
            let snapshot = try snapshot(.sessions)
            let told = snapshot.keyOrder(.records).sorted {
                ($0.person, $0.compartment) < ($1.person, $1.compartment)
            }
            #expect(snapshot.hitsByRank(told) == 360)
            #expect(snapshot.hitsByNeighbour(told) > 180)
            #expect(snapshot.correlation(told, .registry, .medical) > 0.99)
        }

        /// When one person's records are written one after the other and few others come between, pages
        /// would tell: SQLite puts a new row in front of those that a page has, and keeps that order
        /// until the page is rebuilt, as a small store is when it closes. Six people fit on one page.
        @Test func placesInPagesDoNotLinkAFewPeopleWrittenOneAfterTheOther() throws {
            let snapshot = try Snapshot(people: 6, .sessions, seed: 13)
            let order = snapshot.physicalOrder(.records, in: snapshot.file)
            #expect(order.count == 24)
            let sideBySide = snapshot.neighbours(order)
            // Of 23 neighbours one in six by chance, but never twelve.
            #expect(sideBySide.right < 12)
            // Rebuilding the file puts the rows of every page in the order of their keys.
            let rebuilt = snapshot.physicalOrder(.records, in: try vacuumed(snapshot.file))
            #expect(rebuilt.count == 24)
            #expect(snapshot.neighbours(rebuilt).right < 12)
        }

        private func vacuumed(_ file: [UInt8]) throws -> [UInt8] {
            let folder = try Folder()
            try folder.write(file, to: "vault.db")
            let queue = try DatabaseQueue(path: folder.file("vault.db"))
            try queue.vacuum()
            try queue.close()
            return try folder.read("vault.db")
        }

        // MARK: Sizes

        /// Rows of one kind have one size, whatever the compartment and the record.
        @Test(arguments: Kind.allCases) func sizesAreTheSameInEveryCompartment(kind: Kind) throws {
            let snapshot = try snapshot(kind)
            for space in Self.spaces {
                var sizes: [Compartment: Set<Int>] = [:]
                for place in snapshot.keyOrder(space) {
                    guard let row = snapshot.rows[space]?[place.at] else { continue }
                    sizes[place.compartment, default: []].insert(row.value.count)
                }
                #expect(sizes.count == Snapshot.compartments.count)
                #expect(Set(sizes.values.map(\.count)) == [1])
                #expect(Set(sizes.values).count == 1, "\(space): \(sizes)")
            }
            #expect(Set(try #require(snapshot.rows[.index]).map(\.value.count)).count == 1)
            // Boxes of five compartments, of the link key and of the audit key.
            let boxes = try #require(snapshot.rows[.wrappedKeys]).filter { $0.key.first == 3 }
            #expect(boxes.count == 13)
            #expect(Set(boxes.map(\.value.count)).count == 1)
            // Texts from 1 to 200 letters, in three kinds and the registry: one class.
            let bodies = try #require(snapshot.rows[.bodies]).map {
                $0.value.count - Envelope.overhead
            }
            #expect(Set(bodies) == [1024])
            #expect(Padding.padme(1025, floor: 1024) > 1025, "beyond that the classes are PADMÉ's")
        }

        /// The rows that remember writes tell when something was written, and not in which compartment.
        @Test(arguments: Kind.allCases) func namesOfWritesTellTheTimeAlone(kind: Kind) throws {
            let snapshot = try snapshot(kind)
            let rows = try #require(snapshot.rows[.requests])
            #expect(rows.count == Self.count * Snapshot.compartments.count)
            #expect(Set(rows.map(\.key.count)) == [16])
            #expect(Set(rows.map(\.value.count)).count == 1)
        }
    }
}
