import VaultPlatform

/// The lines of a batch as bytes, one after the other; nothing is kept but the line in hand.
struct BatchSource: ~Copyable {
    /// The longest line, in bytes: that of a message, with room for the members around the fields.
    static let longestLine = (1 << 20) - 512
    private static let piece = 1 << 16

    /// A line, or the place of one that is too long.
    enum Line {
        case bytes([UInt8])
        case tooLong
    }

    private var file: OwnedDescriptor?
    private var held: [UInt8] = []
    private var start = 0
    private var hasEnded = false
    /// The number of the last line, from 1.
    private(set) var number = 0

    /// Reads a file, or, with `-`, standard input.
    init(_ source: String, _ client: Client) throws(ClientError) {
        do throws(PlatformError) {
            if source == "-" || source == "/dev/stdin" {
                if let stream = client.context.inputStream {
                    file = stream()
                } else {
                    held = try client.context.input(1 << 30)
                    hasEnded = true
                }
            } else {
                file = try TextInput.open(source)
            }
        } catch {
            throw .platform(error)
        }
    }

    /// The next line that is not blank, without its line end, carriage return and byte order mark.
    mutating func next() throws(ClientError) -> Line? {
        while let line = try line() {
            guard case .bytes(var bytes) = line else { return line }
            if bytes.last == 0x0D { bytes.removeLast() }
            if number == 1, bytes.starts(with: [0xEF, 0xBB, 0xBF]) { bytes.removeFirst(3) }
            if bytes.contains(where: { $0 != 0x20 && $0 != 0x09 }) { return .bytes(bytes) }
        }
        return nil
    }

    private mutating func line() throws(ClientError) -> Line? {
        var isTooLong = false
        var looked = start
        while true {
            if let end = held[looked...].firstIndex(of: 0x0A) {
                defer { start = end + 1 }
                number += 1
                guard !isTooLong, end - start <= Self.longestLine else { return .tooLong }
                return .bytes(Array(held[start..<end]))
            }
            if held.count - start > Self.longestLine {
                isTooLong = true
                start = held.count
            }
            held.removeFirst(start)
            start = 0
            looked = held.count
            guard try fill() else {
                guard isTooLong || !held.isEmpty else { return nil }
                defer { held = [] }
                number += 1
                return isTooLong ? .tooLong : .bytes(held)
            }
        }
    }

    private mutating func fill() throws(ClientError) -> Bool {
        guard !hasEnded, file != nil else { return false }
        do throws(PlatformError) {
            let more = try file?.read(upTo: Self.piece) ?? []
            hasEnded = more.isEmpty
            held += more
            return !more.isEmpty
        } catch {
            throw .platform(error)
        }
    }
}
