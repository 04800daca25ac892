import VaultAudit
import VaultPlatform
import VaultText

/// A file line by line, in pieces: it may be larger than the memory.
struct LineFile: ~Copyable {
    /// A line, without its LF.
    enum Line {
        case whole([UInt8])
        /// What stands behind the last LF.
        case unended([UInt8])
        /// More than the limit without an LF.
        case tooLong
    }

    private static let piece = 256 << 10

    private let file: OwnedDescriptor
    private let limit: Int
    private var buffer: [UInt8] = []
    /// Where the next line begins, and up to where there is no LF.
    private var start = 0
    private var scanned = 0

    /// Opens it. `limit` is the longest line in bytes.
    init(_ path: String, limit: Int) throws(ClientError) {
        self.limit = limit
        do { file = try Files.open(path) } catch { throw .platform(error) }
    }

    /// The next line; nil at the end.
    mutating func next() throws(ClientError) -> Line? {
        while true {
            if let end = buffer[scanned...].firstIndex(of: UInt8(ascii: "\n")) {
                let line = Array(buffer[start..<end])
                start = end + 1
                scanned = start
                return .whole(line)
            }
            buffer.removeFirst(start)
            start = 0
            scanned = buffer.count
            guard buffer.count <= limit else { return .tooLong }
            let more: [UInt8]
            do { more = try file.read(upTo: Self.piece) } catch { throw .platform(error) }
            guard !more.isEmpty else {
                if buffer.isEmpty { return nil }
                defer {
                    buffer = []
                    scanned = 0
                }
                return .unended(buffer)
            }
            buffer += more
        }
    }
}

/// A file that should be one of evidence.
enum EvidenceFile {
    /// Its first line. Throws what it is where that does not say that it is an evidence file: nobody
    /// shall be told of a forgery who has mistaken one file for another.
    static func first(
        of lines: inout LineFile, in path: String
    ) throws(ClientError) -> LineFile.Line {
        guard let first = try lines.next() else {
            throw .input(.notEvidence(source: path, .empty))
        }
        switch first {
        case .whole(let line) where EvidenceHeader.begins(line): return first
        case .unended(let line) where EvidenceHeader.begins(line): return first
        default:
            let isNote = try isCheckpoint(first, &lines)
            throw .input(.notEvidence(source: path, isNote ? .checkpoint : .other))
        }
    }

    /// Whether such a file stands at a path.
    static func stands(at path: String) -> Bool {
        do throws(ClientError) {
            var lines = try LineFile(path, limit: AuditLimits.evidenceLine)
            switch try lines.next() {
            case .whole(let line), .unended(let line): return EvidenceHeader.begins(line)
            case .tooLong, nil: return false
            }
        } catch {
            return false
        }
    }

    private static func isCheckpoint(
        _ first: LineFile.Line, _ lines: inout LineFile
    ) throws(ClientError) -> Bool {
        var text: [UInt8] = []
        var next: LineFile.Line? = first
        while let line = next, text.count <= SignedNote.maximumSize {
            guard case .whole(let bytes) = line else { return false }
            text += bytes + [0x0A]
            next = try lines.next()
        }
        return (try? UnverifiedCheckpoint(parse: text)) != nil
    }
}
