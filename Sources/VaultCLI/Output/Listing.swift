import VaultCoding
import VaultText

/// Small things that several commands show.
enum Listing {
    /// Names in a row; a word in place of none.
    static func phrase(_ names: [String]) -> Phrase {
        names.isEmpty ? "\(CommonMessages.none)" : Phrase(stored: names.joined(separator: ", "))
    }

    /// A moment, with seconds.
    static func time(_ microseconds: Int64) -> Phrase {
        Phrase(stored: TimeText.utc(microseconds: UInt64(max(0, microseconds))))
    }
}
