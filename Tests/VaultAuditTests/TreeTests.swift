import Testing
import VaultCoding
import VaultSodium

@testable import VaultAudit

@Suite("Tree: every size up to 100 against the reference")
struct TreeTests {
    static let largest = 100
    static let tree = ReferenceTree(leaves: leafHashes(largest))

    static func reader(_ size: Int) -> TreeReader<ReferenceTiles> {
        TreeReader(size: UInt64(size), source: ReferenceTiles(tree: tree))
    }

    @Test func rootsAndInclusion() throws {
        for size in 0...Self.largest {
            var reader = Self.reader(size)
            let root = Self.tree.root(0..<size)
            #expect(try reader.root() == root)
            for index in 0..<size {
                let proof = try reader.inclusion(of: UInt64(index))
                #expect(proof == Self.tree.inclusion(index, 0..<size))
                #expect(Self.verify(index, size, proof, root))
                #expect(!Self.verify(index, size, proof + [.zero], root))
                #expect(!Self.verify(index, size + 1, proof, root) || size & (size - 1) != 0)
                if !proof.isEmpty {
                    #expect(!Self.verify(index, size, proof.dropLast(), root))
                    #expect(!Self.verify((index + 1) % size, size, proof, root))
                }
                Self.flips(of: proof, all: size <= 20) {
                    #expect(!Self.verify(index, size, $0, root))
                }
            }
            #expect(!Self.verify(max(0, size - 1), 0, [], root))
        }
    }

    @Test func consistency() throws {
        for size in 0...Self.largest {
            var reader = Self.reader(size)
            let root = Self.tree.root(0..<size)
            for old in 0...size {
                let proof = try reader.consistency(from: UInt64(old))
                let oldRoot = Self.tree.root(0..<old)
                if old > 0 { #expect(proof == Self.tree.consistency(old, 0..<size)) }
                func verify(_ proof: [Digest], _ first: Digest, _ second: Digest) -> Bool {
                    ConsistencyProof.verify(
                        oldSize: UInt64(old), oldRoot: first, newSize: UInt64(size),
                        newRoot: second, proof: proof)
                }
                #expect(verify(proof, oldRoot, root))
                #expect(!verify(proof + [.zero], oldRoot, root))
                #expect(!verify(proof, oldRoot.flipped(bit: 7), root))
                if old > 0 { #expect(!verify(proof, oldRoot, root.flipped(bit: 9))) }
                if !proof.isEmpty { #expect(!verify(proof.dropLast(), oldRoot, root)) }
                Self.flips(of: proof, all: size <= 20) { #expect(!verify($0, oldRoot, root)) }
            }
        }
    }

    @Test func ranges() throws {
        for size in 1...40 {
            var reader = Self.reader(size)
            let root = Self.tree.root(0..<size)
            for start in 0...size {
                for end in start...size {
                    let proof = try reader.range(UInt64(start)..<UInt64(end))
                    let leaves = Self.tree.leaves[start..<end]
                    #expect(Self.verify(proof, leaves, start, size) == root)
                    if leaves.count > 1 {
                        #expect(Self.verify(proof, leaves.dropLast(), start, size) != root)
                        #expect(
                            Self.verify(proof, ArraySlice(leaves.reversed()), start, size) != root)
                    }
                    var broken = proof
                    broken.right.append(.zero)
                    #expect(Self.verify(broken, leaves, start, size) == nil)
                    for index in proof.left.indices {
                        var broken = proof
                        broken.left[index] = broken.left[index].flipped(bit: start % 256)
                        #expect(Self.verify(broken, leaves, start, size) != root)
                    }
                }
            }
        }
    }

    private static func verify(
        _ proof: RangeProof, _ leaves: ArraySlice<Digest>, _ start: Int, _ size: Int
    ) -> Digest? {
        guard var frontier = Frontier(size: UInt64(start), nodes: proof.left) else { return nil }
        for leaf in leaves { frontier.append(leaf) }
        guard frontier.complete(to: UInt64(size), with: proof.right) else { return nil }
        return frontier.root
    }

    private static func verify(_ index: Int, _ size: Int, _ proof: [Digest], _ root: Digest) -> Bool
    {
        InclusionProof.verify(
            tree.leaves[index], at: UInt64(index), size: UInt64(size), proof: proof, root: root)
    }

    /// All bits of small proofs; of larger ones one bit of each hash, another one each time.
    private static func flips(of proof: [Digest], all: Bool, _ check: ([Digest]) -> Void) {
        for index in proof.indices {
            for bit in all ? Array(0..<256) : [(index * 37 + proof.count * 11) % 256] {
                var broken = proof
                broken[index] = broken[index].flipped(bit: bit)
                check(broken)
            }
        }
    }
}

@Suite("Tree: tiles")
struct TileTests {
    /// A tree that spans three levels of tiles; the builder's tiles are those of the definition.
    @Test func builderMakesTheTilesOfATreeOf70000() throws {
        let count = 70_000
        let leaves = leafHashes(count)
        let tree = ReferenceTree(leaves: leaves)
        var stored: [TileID: [UInt8]] = [:]
        var builder = TreeBuilder()
        for (index, leaf) in leaves.enumerated() {
            builder.append(leaf)
            if index % 999 == 0 || index == count - 1 {
                for tile in builder.takeTiles() { stored[tile.id] = tile.bytes }
            }
        }
        #expect(builder.root == tree.root(0..<count))
        let widths: [(TileID, Int)] =
            (0..<273).map { (TileID(level: 0, index: $0), 256) } + [
                (TileID(level: 1, index: 0), 256), (TileID(level: 1, index: 1), 17),
                (TileID(level: 2, index: 0), 1),
            ]
        #expect(stored.count == widths.count)
        let reference = ReferenceTiles(tree: tree)
        for (id, width) in widths {
            let expected = try reference.hashes(id, width: width).flatMap(\.bytes)
            #expect(stored[id] == expected, "\(id.path(width: width))")
        }
        let again = try TreeBuilder(size: UInt64(count), source: reference)
        #expect(again.root == builder.root)
        #expect(again.size == builder.size)
    }

    @Test func rebuildingContinuesTheSameTree() throws {
        let leaves = leafHashes(1300)
        let reference = ReferenceTiles(tree: ReferenceTree(leaves: leaves))
        for cut in [0, 1, 255, 256, 257, 511, 512, 1024, 1299] {
            var builder = try TreeBuilder(size: UInt64(cut), source: reference)
            for leaf in leaves[cut...] { builder.append(leaf) }
            #expect(builder.root == reference.tree.root(0..<1300), "cut at \(cut)")
        }
    }

    @Test func aCopyIsNotTouchedByTheOriginal() {
        var builder = TreeBuilder()
        for leaf in leafHashes(300) { builder.append(leaf) }
        let before = builder
        builder.append(.zero)
        #expect(before.size == 300)
        #expect(before.root != builder.root)
    }
}
