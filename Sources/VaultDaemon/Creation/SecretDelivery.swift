import VaultPlatform
import VaultSodium
import VaultText

/// Gives a generated secret to the person who will keep it: shown once and typed back, or written to
/// a file that only its owner can read.
struct SecretDelivery: Sendable {
    /// Which secret.
    enum Purpose: Sendable {
        case seal, firstOperator
    }

    /// Where it goes; nil for the terminal.
    let file: String?
    /// Whom to ask; nil without a terminal.
    let prompts: Prompts?
    /// Who gets the file; nil for the account that makes it.
    var owner: UInt32?

    /// Refuses when there is neither file nor terminal.
    func requirePlace() throws(StartupError) {
        guard file != nil || prompts != nil else { throw .noPlaceForSecrets }
        guard let file else { return }
        let isThere: Bool
        do { isThere = try Files.exists(file) } catch { throw .platform(error) }
        guard !isThere else {
            throw .platform(.system(operation: .create, path: file, code: .exists))
        }
    }

    /// Refuses a file in the directory of the vault: whoever has the disk would have the key to it.
    func requireApart(from data: DataDirectory) throws(StartupError) {
        guard let file else { return }
        let isInside: Bool
        do { isInside = try data.contains(file) } catch { throw .platform(error) }
        guard !isInside else { throw .creation(.keyInsideData(file)) }
    }

    /// Delivers. The text is words with single spaces, or the lines of a key file.
    func deliver(
        _ text: borrowing SecretBytes, for purpose: Purpose
    ) throws(StartupError) {
        if let file {
            try text.withSpan { (bytes) throws(StartupError) in
                do throws(PlatformError) {
                    // Exclusive: a file that is there may be the only copy of another secret.
                    try Files.writeDurably(
                        file, bytes, mode: 0o400, replacing: false, owner: owner)
                } catch {
                    throw .platform(error)
                }
            }
        } else if let prompts {
            try show(text, for: purpose, prompts)
        } else {
            throw .noPlaceForSecrets
        }
    }

    /// Takes back what was delivered to a file, after a failure.
    func withdraw() {
        if let file { try? Files.remove(file) }
    }

    private func show(
        _ text: borrowing SecretBytes, for purpose: Purpose, _ prompts: Prompts
    ) throws(StartupError) {
        // On the heap for as long as a person reads; the program's free wipes it afterwards.
        let words = text.withSpan { bytes in
            var copy: [UInt8] = []
            copy.reserveCapacity(bytes.count)
            for index in bytes.indices { copy.append(bytes[index]) }
            return String(decoding: copy, as: UTF8.self).split(separator: " ").map(String.init)
        }
        let title =
            switch purpose {
            case .seal: CreationMessages.sealSecret
            case .firstOperator: CreationMessages.operatorSecret
            }
        do throws(PromptError) {
            try prompts.showOnce(title, words: words)
        } catch {
            throw .prompt(error)
        }
    }
}
