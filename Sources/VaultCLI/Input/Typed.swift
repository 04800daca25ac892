import VaultCoding
import VaultRecords
import VaultText

/// Small things that people type on the command line, in the one spelling of the wire.
enum Typed {
    /// The code of a purpose of use; nil when none was typed.
    static func purpose(_ typed: String?) throws(ClientError) -> String? {
        guard let typed else { return nil }
        guard let purpose = PurposeOfUse(typed: typed) else {
            throw .usage(.unknownPurpose(typed))
        }
        return purpose.rawValue
    }

    /// A role by its name or its title in either language.
    static func role(_ typed: String) -> Role? {
        TitleMessages.name(typed, among: Role.allCases.map(\.rawValue), TitleMessages.role)
            .flatMap(Role.init(rawValue:))
    }

    /// A compartment by its name or its title in either language.
    static func compartment(_ typed: String) -> Compartment? {
        TitleMessages.name(
            typed, among: Compartment.allCases.map(\.rawValue), TitleMessages.compartment
        ).flatMap(Compartment.init(rawValue:))
    }

    /// The name of a kind of which the name or a title was typed; what is not known here goes as it
    /// is, because the daemon may be newer.
    static func kind(_ typed: String) -> String {
        TitleMessages.name(typed, among: RecordKind.allCases.map(\.name), TitleMessages.kind)
            ?? typed
    }

    /// An identifier or the beginning of one. Of a whole one the check character is looked at, so
    /// that a typing error is not told as something that does not exist.
    static func identifier(_ typed: String) throws(ClientError) -> String {
        let bare = typed.uppercased().filter { $0 != "-" && !$0.isWhitespace }
        guard !bare.isEmpty, bare.utf8.count <= VaultID.textCount else {
            throw .usage(.malformedIdentifier(typed))
        }
        guard bare.utf8.count == VaultID.textCount else { return bare }
        do {
            return try VaultID(text: bare).text
        } catch {
            throw .usage(.malformedIdentifier(typed))
        }
    }

    /// A number within its range; nil when none was typed.
    static func number(
        _ value: Int64?, _ option: String, _ range: ClosedRange<Int64>
    ) throws(ClientError) -> Int64? {
        guard let value else { return nil }
        guard range.contains(value) else {
            throw .usage(.outOfRange(option: option, range: range))
        }
        return value
    }
}
