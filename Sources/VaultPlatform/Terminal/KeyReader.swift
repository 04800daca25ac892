/// What a person pressed, whatever bytes the terminal sends for it.
enum Key: Equatable, Sendable {
    /// A character, or a part of one that belongs to the character before.
    case text(String)
    /// What was pasted, raw; nil when it was longer than the reader keeps.
    case paste(String?)
    case enter, tab, backspace, delete
    case left, right, wordLeft, wordRight, home, end, up, down
    /// From the cursor to the start, to the end, and the word before it.
    case eraseToStart, eraseToEnd, eraseWord
    case interrupt, endOfInput, clearScreen
}

/// Bytes of a raw terminal in, keys out. Does no input or output itself.
///
/// Knows the sequences of xterm and its kin (ECMA-48 CSI, SS3) and bracketed paste (xterm,
/// `?2004`); an unknown sequence is no key. A control character within a sequence ends it and counts
/// by itself, so that nobody's return key is swallowed.
struct KeyReader: Sendable {
    /// Most bytes of a paste that are kept.
    let pasteLimit: Int
    private var scalars = ScalarReader()
    private var escape: [UInt8]?
    private var paste: [UInt8]?
    private var pasteOverflows = false
    private var afterReturn = false

    /// What the terminal sends after a paste.
    private static let pasteEnd = Array("\u{1B}[201~".utf8)

    init(pasteLimit: Int) { self.pasteLimit = pasteLimit }

    /// How many bytes may be read at once without taking any that follows the next key: what is
    /// typed ahead belongs to whoever reads next.
    var readable: Int {
        guard let paste else { return 1 }
        return Self.pasteEnd.count - Self.matched(paste)
    }

    /// Takes one byte; returns the key that it completes.
    mutating func feed(_ byte: UInt8) -> Key? {
        if paste != nil { return continuePaste(byte) }
        if let sequence = escape {
            guard byte < 0x20 else { return continueEscape(sequence + [byte]) }
            escape = nil
        }
        switch byte {
        case 0x0D, 0x0A:
            scalars.reset()
            // CR LF is one line end.
            defer { afterReturn = byte == 0x0D }
            return byte == 0x0A && afterReturn ? nil : .enter
        default: afterReturn = false
        }
        guard byte < 0x20 || byte == 0x7F else { return scalars.feed(byte).map(Key.text) }
        scalars.reset()
        if byte == 0x1B {
            escape = []
            return nil
        }
        return Self.controls[byte]
    }

    private static let controls: [UInt8: Key] = [
        0x01: .home, 0x02: .left, 0x03: .interrupt, 0x04: .endOfInput, 0x05: .end, 0x06: .right,
        0x08: .backspace, 0x09: .tab, 0x0B: .eraseToEnd, 0x0C: .clearScreen, 0x0E: .down,
        0x10: .up, 0x15: .eraseToStart, 0x17: .eraseWord, 0x7F: .backspace,
    ]

    private static let sequences: [String: Key] = [
        "[A": .up, "[B": .down, "[C": .right, "[D": .left, "[H": .home, "[F": .end,
        "OA": .up, "OB": .down, "OC": .right, "OD": .left, "OH": .home, "OF": .end,
        "[1~": .home, "[4~": .end, "[7~": .home, "[8~": .end, "[3~": .delete,
        "[1;5C": .wordRight, "[1;5D": .wordLeft, "[1;3C": .wordRight, "[1;3D": .wordLeft,
        "b": .wordLeft, "f": .wordRight, "\u{7F}": .eraseWord,
    ]

    private mutating func continueEscape(_ sequence: [UInt8]) -> Key? {
        // CSI: `[`, parameters 0x20...0x3F, one final byte. SS3: `O` and a byte. Else two bytes.
        let isOpen =
            sequence[0] == UInt8(ascii: "[")
            ? sequence.count == 1 || (0x20...0x3F).contains(sequence.last ?? 0)
            : sequence[0] == UInt8(ascii: "O") && sequence.count == 1
        if isOpen, sequence.count < 32 {
            escape = sequence
            return nil
        }
        escape = nil
        if sequence == Array("[200~".utf8) {
            (paste, pasteOverflows) = ([], false)
            return nil
        }
        return Self.sequences[String(decoding: sequence, as: UTF8.self)]
    }

    private mutating func continuePaste(_ byte: UInt8) -> Key? {
        paste?.append(byte)
        guard let all = paste else { return nil }
        if byte == Self.pasteEnd.last, Self.matched(all) == Self.pasteEnd.count {
            paste = nil
            guard !pasteOverflows else { return .paste(nil) }
            return .paste(String(decoding: all.dropLast(Self.pasteEnd.count), as: UTF8.self))
        }
        if all.count > pasteLimit + Self.pasteEnd.count {
            // Only the end is of interest any more.
            pasteOverflows = true
            paste = Array(all.suffix(Self.pasteEnd.count))
        }
        return nil
    }

    /// How many bytes of the end mark stand at the end of the bytes.
    private static func matched(_ bytes: [UInt8]) -> Int {
        (0...min(pasteEnd.count, bytes.count)).reversed().first {
            bytes.suffix($0).elementsEqual(pasteEnd.prefix($0))
        } ?? 0
    }
}
