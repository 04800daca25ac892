import VaultCoding
import VaultPlatform
import VaultText

/// What of a batch is loaded: the ids of its lines and the identifiers that the vault gave them.
///
/// With a path it is a file too, of mode 0600: the line `carevault-load-1`, then for each line of the
/// batch `id`, a tab and the identifier. Nothing else of a line is kept; ids that name a person are
/// the caller's own doing. What was noted is synced every ``step`` lines and at the end, so a crash
/// loses at most that many, which the daemon knows by their ids for seven days.
struct BatchProgress: ~Copyable {
    static let firstLine = "carevault-load-1"
    private static let step = 256
    private static let limit = 1 << 28

    private var identifiers: [String: String] = [:]
    private var file: OwnedDescriptor?
    private var waiting: [UInt8] = []
    private var count = 0

    /// Reads what an earlier run noted, if there is a path and a file.
    init(_ path: String?) throws(ClientError) {
        guard let path else { return }
        do throws(PlatformError) {
            if try Files.exists(path) {
                try Files.requirePrivate(path)
                file = try Files.open(path, .readWrite, followingLinks: false)
            } else {
                file = try Files.create(path, mode: 0o600)
                try file?.writeAll(Self.firstLine + "\n")
                try file?.synchronize()
                return
            }
        } catch {
            throw .platform(error)
        }
        var bytes: [UInt8] = []
        do { bytes = try file?.readAll(limit: Self.limit) ?? [] } catch { throw .platform(error) }
        try read(bytes, path)
        do throws(PlatformError) {
            // A line that a crash cut off goes.
            let kept = (bytes.lastIndex(of: 0x0A) ?? -1) + 1
            try file?.truncate(to: kept)
            try file?.seek(to: kept)
        } catch {
            throw .platform(error)
        }
    }

    private mutating func read(_ bytes: [UInt8], _ path: String) throws(ClientError) {
        let end = (bytes.lastIndex(of: 0x0A) ?? -1) + 1
        guard let text = String(validating: bytes[..<end], as: UTF8.self) else {
            throw .input(.notAProgressFile(source: path))
        }
        let lines = text.unicodeScalars.split(separator: "\n").map(String.init)
        guard lines.first == Self.firstLine else {
            throw .input(.notAProgressFile(source: path))
        }
        for line in lines.dropFirst() {
            let parts = line.split(separator: "\t").map(String.init)
            guard parts.count == 2, let identifier = try? VaultID(text: parts[1]) else {
                throw .input(.notAProgressFile(source: path))
            }
            identifiers[parts[0]] = identifier.text
        }
    }

    /// What the vault calls a line that is loaded.
    func identifier(of id: String) -> String? { identifiers[id] }

    /// Notes a line.
    mutating func note(_ id: String, _ identifier: String, isSubject: Bool) throws(ClientError) {
        if isSubject || file != nil { identifiers[id] = identifier }
        guard file != nil else { return }
        // An id with a tab or a line end cannot be told from two; it is known by the daemon alone.
        guard !id.unicodeScalars.contains(where: { $0 == "\t" || $0 == "\n" || $0 == "\r" }) else {
            return
        }
        waiting += Array("\(id)\t\(identifier)\n".utf8)
        count += 1
        if count >= Self.step { try flush() }
    }

    /// Makes durable what was noted.
    mutating func flush() throws(ClientError) {
        guard !waiting.isEmpty else { return }
        do throws(PlatformError) {
            try file?.writeAll(waiting)
            try file?.synchronizeData()
        } catch {
            throw .platform(error)
        }
        waiting = []
        count = 0
    }
}
