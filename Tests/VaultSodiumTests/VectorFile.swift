import Foundation
import Testing
import VaultCoding
import VaultSodium

/// One file of the vector kit: lines of `name: value`, among them `expect` (`success` or the kind of
/// failure), `comment` and `operation`.
struct VectorFile: Sendable, CustomTestStringConvertible {
    struct Malformed: Error {
        let file: String
        let what: String
    }

    let name: String
    private let fields: [String: String]

    init(name: String, text: String) throws {
        var fields: [String: String] = [:]
        for line in text.split(separator: "\n") {
            guard let colon = line.firstIndex(of: ":") else {
                throw Malformed(file: name, what: "a line without a colon")
            }
            let key = String(line[..<colon])
            let value = line[line.index(after: colon)...].drop { $0 == " " }
            guard fields.updateValue(String(value), forKey: key) == nil else {
                throw Malformed(file: name, what: "\(key) twice")
            }
        }
        self.name = name
        self.fields = fields
    }

    var testDescription: String { name }

    /// The value of a field that must be there.
    func text(_ key: String) throws -> String {
        guard let value = fields[key] else { throw Malformed(file: name, what: "no \(key)") }
        return value
    }

    /// The bytes of a field in hexadecimal.
    func bytes(_ key: String) throws -> [UInt8] { try Hex.parse(text(key)) }

    /// A list of byte strings in hexadecimal with commas between; the empty text is no string.
    func list(_ key: String) throws -> [[UInt8]] {
        try text(key).split(separator: ",").map { try Hex.parse(String($0)) }
    }

    /// The bytes of a field as a secret.
    func secret(_ key: String) throws -> SecretBytes {
        let bytes = try bytes(key)
        return try SecretBytes(copying: bytes.span)
    }

    /// A decimal number.
    func number<Number: FixedWidthInteger>(_ key: String) throws -> Number {
        guard let number = try Number(text(key)) else {
            throw Malformed(file: name, what: "\(key) is no number")
        }
        return number
    }

    /// All files of `Tests/Vectors/sodium`, by name.
    static let all: [VectorFile] = {
        let folder = URL(filePath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "Vectors/sodium")
        do {
            let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
            return try names.filter { $0.hasSuffix(".txt") }.sorted().map { name in
                let data = try Data(contentsOf: folder.appending(path: name))
                return try VectorFile(name: name, text: String(decoding: data, as: UTF8.self))
            }
        } catch {
            Issue.record(error, "the vectors in \(folder.path) cannot be read")
            return []
        }
    }()
}

/// The bytes of a secret, for comparing.
func reveal(_ secret: borrowing SecretBytes) -> [UInt8] {
    secret.withSpan { span in span.indices.map { span[$0] } }
}

/// A secret with these bytes.
func secret(_ bytes: [UInt8]) throws -> SecretBytes { try SecretBytes(copying: bytes.span) }
