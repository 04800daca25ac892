import Foundation
import Synchronization
import Testing
import VaultSodium

@Suite struct SecretBytesTests {
    @Test(arguments: [0, 1, 16, 32, 63, 64, 65, 100, 4095, 4096])
    func keepsItsBytes(count: Int) throws {
        let bytes = Random.bytes(count)
        let original = try secret(bytes)
        #expect(original.count == count)
        #expect(reveal(original) == bytes)
        let copy = try original.copy()
        #expect(reveal(copy) == bytes)
        let isEqual = original.isEqual(to: copy)
        #expect(isEqual)
    }

    @Test(arguments: [-1, 4097, Int.max])
    func refusesOtherSizes(count: Int) {
        let expected = SodiumError.length(
            what: "secret", expected: count < 0 ? 0 : 4096, found: count)
        #expect(throws: expected) { _ = try SecretBytes(random: count) }
        #expect(throws: expected) { _ = try SecretBytes(count: count) { _ in } }
    }

    @Test(arguments: [1, 32, 64, 65, 4096])
    func comparesEveryByte(count: Int) throws {
        let bytes = Random.bytes(count)
        let original = try secret(bytes)
        for index in stride(from: 0, to: count, by: max(1, count / 64)) {
            var changed = bytes
            changed[index] ^= 0x80
            let isEqual = try original.isEqual(to: secret(changed))
            #expect(!isEqual)
        }
        let isEqual = try original.isEqual(to: secret(Array(bytes.dropLast())))
        #expect(!isEqual)
    }

    @Test func emptiesTheArrayItTakes() throws {
        var bytes: [UInt8] = [1, 2, 3]
        let taken = try SecretBytes(wiping: &bytes)
        #expect(bytes.isEmpty)
        #expect(reveal(taken) == [1, 2, 3])
        var tooMany = [UInt8](repeating: 1, count: 4097)
        #expect(throws: SodiumError.self) { _ = try SecretBytes(wiping: &tooMany) }
        #expect(tooMany.isEmpty)
    }

    @Test(arguments: [1, 32, 64, 65, 4096])
    func startsFromZeros(count: Int) throws {
        // The slot that was given back last is taken next: what is seen here was another's before.
        for _ in 0..<2000 / count + 1 {
            do { _ = try secret([UInt8](repeating: 0xa5, count: count)) }
            var sum = 0
            let fresh = try SecretBytes(count: count) { span in
                for index in span.indices { sum += Int(span[index]) }
                for index in span.indices { span[index] = 0x5a }
            }
            #expect(sum == 0)
            #expect(reveal(fresh) == [UInt8](repeating: 0x5a, count: count))
        }
    }

    @Test func randomSecretsDiffer() throws {
        let one = try SecretBytes(random: 32)
        let other = try SecretBytes(random: 32)
        #expect(reveal(one) != reveal(other))
    }

    @Test func aBoxIsShared() throws {
        let box = try SecretBox(secret([7, 8, 9]))
        let other = box
        #expect(reveal(other.bytes) == [7, 8, 9])
    }

    @Test func slotsAreNeverShared() async throws {
        try await withThrowingTaskGroup(of: Int.self) { group in
            for worker in 0..<4 {
                group.addTask {
                    var wrong = 0
                    for round in 0..<300 {
                        let pattern = UInt8(worker * 64 + round % 64)
                        let held = try (0..<20).map { _ in
                            try SecretBox(secret([UInt8](repeating: pattern, count: 64)))
                        }
                        for box in held where !reveal(box.bytes).allSatisfy({ $0 == pattern }) {
                            wrong += 1
                        }
                    }
                    return wrong
                }
            }
            for try await wrong in group { #expect(wrong == 0) }
        }
    }

    @Test func moreSecretsThanAnArenaHolds() throws {
        let held = try (0..<3000).map { index in
            try SecretBox(secret([UInt8(index & 0xff), UInt8(index >> 8)]))
        }
        for (index, box) in held.enumerated() {
            #expect(reveal(box.bytes) == [UInt8(index & 0xff), UInt8(index >> 8)])
        }
    }
}
