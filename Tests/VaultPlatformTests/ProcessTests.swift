import Testing

@testable import VaultPlatform

@Suite struct ProcessTests {
    @Test func limitsRiseAtMostToTheHardLimit() throws {
        let now = try ProcessHardening.raiseDescriptorLimit(to: 0)
        #expect(try ProcessHardening.raiseDescriptorLimit(to: now) == now)
        #expect(try ProcessHardening.raiseDescriptorLimit(to: .max) >= now)
        #expect(try ProcessHardening.raiseLockedMemoryLimit(to: 1) > 0)
    }

    @Test func clocksRun() {
        let start = SystemClock.monotonicNanoseconds
        #expect(SystemClock.monotonicNanoseconds >= start)
        #expect(SystemClock.nowMicroseconds > 1_700_000_000_000_000)
    }

    @Test func wipedBytesHoldWhatFits() {
        var bytes = WipedBytes(capacity: 2)
        #expect(bytes.append(1) && bytes.append(2) && !bytes.append(3))
        bytes.withSpan { span in
            #expect(span.count == 2 && span[0] == 1 && span[1] == 2)
        }
        bytes.removeAll()
        #expect(bytes.count == 0)
    }
}
