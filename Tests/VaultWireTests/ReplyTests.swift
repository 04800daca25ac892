import Testing
import VaultCoding
import VaultWire

@Suite struct ReplyTests {
    @Test func aReplyAlwaysHasParameters() throws {
        let bytes = ReplyWriter.reply(NoFields())
        #expect(String(decoding: bytes, as: UTF8.self) == #"{"parameters":{}}"#)
        let more = ReplyWriter.reply(
            AuditExport.Reply(lines: "x\n", done: 1, total: 2), continues: true)
        #expect(
            String(decoding: more, as: UTF8.self)
                == #"{"parameters":{"lines":"x\n","done":1,"total":2},"continues":true}"#)
        let read = try Reply(parsing: more)
        #expect(read.continues)
        #expect(try read.result(of: AuditExport.self).get().lines == "x\n")
    }

    @Test func rawBytesAreSplicedAsTheyAre() throws {
        let body = JSONBytes(unchecked: Array(#"{"note": "a\u0062c"}"#.utf8))
        let document = WireRecordDocument(
            subject: "s", record: "r", version: 1, kind: "k", author: "p", created: 5, body: body)
        let bytes = ReplyWriter.reply(RecordsGet.Reply(document: document))
        #expect(
            String(decoding: bytes, as: UTF8.self)
                == #"{"parameters":{"document":{"subject":"s","record":"r","version":1,"kind":"k","#
                + #""author":"p","created_us":5,"body":{"note": "a\u0062c"}}}}"#)
        let raw = ReplyWriter.reply(raw: body)
        #expect(String(decoding: raw, as: UTF8.self) == #"{"parameters":{"note": "a\u0062c"}}"#)
        let back = try Reply(parsing: bytes).result(of: RecordsGet.self).get()
        #expect(try back.document.body.object()["note"] == "abc")
    }

    @Test func aNewerServiceMayAddFieldsToAReply() throws {
        let text = #"{"parameters":{"statement":4,"later":{"x":1}}}"#
        let reply = try Reply(parsing: Array(text.utf8))
        #expect(try reply.result(of: DirectoryGrant.self).get().statement == 4)
    }

    @Test(arguments: [
        (#"{"parameters":[]}"#, WireError.wrongType(key: "parameters")),
        (#"{"error":1}"#, .wrongType(key: "error")),
        (#"{"continues":"no"}"#, .wrongType(key: "continues")),
        (#"{"error":"a.B","continues":true}"#, .conflictingFlags),
        (#"{"vendor":1}"#, .unknownKey),
        ("7", .notAnObject),
    ])
    func notAReply(text: String, error: WireError) {
        #expect(throws: error) { try Reply(parsing: Array(text.utf8)) }
    }

    @Test func errorsOfStrangersAreRefused() throws {
        for name in ["NotFound", "io.carevault.Vault.Nope", "com.example.NotFound", "", "."] {
            let reply = try Reply(parsing: Array(#"{"error":"\#(name)"}"#.utf8))
            #expect(throws: WireError.unknownError) { try reply.result(of: RecordsGet.self) }
        }
    }
}

@Suite struct ParameterTests {
    private func parameters(_ text: String) throws -> JSON.Object {
        try #require(try JSON.parse(text).object)
    }

    @Test(arguments: [
        (#"{"form":"words"}"#, "secret"),
        (#"{"secret":"x"}"#, "form"),
        (#"{"secret":"x","form":"word"}"#, "form"),
        (#"{"secret":1,"form":"words"}"#, "secret"),
        (#"{"secret":null,"form":"words"}"#, "secret"),
        (#"{"secret":"x","form":"words","extra":1}"#, "extra"),
        (#"{"secret":"x","form":"words","e x":1}"#, "parameters"),
    ])
    func aWrongParameterIsNamed(text: String, name: String) throws {
        let object = try parameters(text)
        #expect(throws: WireError.field(name)) { try VaultUnseal.Parameters(parameters: object) }
        #expect(throws: VaultWireError.invalidParameter(parameter: name)) {
            try VaultUnseal.Parameters(checking: object)
        }
    }

    @Test func nullableFieldsMayBeAbsentOrNull() throws {
        let absent = try parameters(#"{"secret":"x","form":"keyfile"}"#)
        let null = try parameters(#"{"name":null,"secret":"x","form":"keyfile","purpose":null}"#)
        #expect(
            try SessionLogin.Parameters(parameters: absent)
                == SessionLogin.Parameters(parameters: null))
        #expect(try SessionLogin.Parameters(parameters: absent).name == nil)
    }

    @Test func integersAreIntegers() throws {
        for text in ["1.0", "1e2", "\"1\"", "9223372036854775807.5"] {
            let object = try parameters(#"{"limit":\#(text)}"#)
            #expect(throws: WireError.field("limit")) {
                try AuditTail.Parameters(parameters: object)
            }
        }
    }
}
