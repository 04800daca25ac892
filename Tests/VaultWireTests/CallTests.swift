import Testing
import VaultCoding
import VaultWire

private func call(_ text: String) throws(WireError) -> Call {
    let bytes = Array(text.utf8)
    return try Call(parsing: bytes.span)
}

@Suite struct CallTests {
    @Test func absentNullAndExplicitDefaultsMeanTheSame() throws {
        let plain = Call(method: "io.carevault.Vault.GetStatus")
        for text in [
            #"{"method":"io.carevault.Vault.GetStatus"}"#,
            #"{"method": "io.carevault.Vault.GetStatus", "parameters": {}, "more": false}"#,
            #"{"parameters":null,"oneway":null,"upgrade":false,"method":"io.carevault.Vault.GetStatus"}"#,
            #"{"method":"io.carevault.Vault.GetSt\u0061tus"}"#,
        ] {
            #expect(try call(text) == plain)
        }
    }

    @Test func escapedTextOfAPythonClientIsRead() throws {
        let read = try call(
            #"{"method": "a.b.C", "parameters": {"text": "\u4e2d\ud83d\ude00"}, "more": true}"#)
        #expect(read.parameters["text"] == "中😀")
        #expect(read.more && !read.oneway)
    }

    @Test(arguments: [
        ("[]", WireError.notAnObject),
        ("{}", .noMethod),
        (#"{"method":7}"#, .wrongType(key: "method")),
        (#"{"method":null}"#, .wrongType(key: "method")),
        (#"{"method":"a.B","parameters":[]}"#, .wrongType(key: "parameters")),
        (#"{"method":"a.B","more":1}"#, .wrongType(key: "more")),
        (#"{"method":"a.B","oneway":"true"}"#, .wrongType(key: "oneway")),
        (#"{"method":"a.B","io.x":{}}"#, .unknownKey),
        (#"{"method":"a.B","oneway":true,"more":true}"#, .conflictingFlags),
        (#"{"method":"a.B","upgrade":true,"more":true}"#, .conflictingFlags),
    ])
    func notACall(text: String, error: WireError) {
        #expect(throws: error) { try call(text) }
    }

    @Test(arguments: [
        #"{"method":"a.B","method":"a.C"}"#, #"{"method":"a.B","parameters":{"x":1,"x":2}}"#,
        #"{"method":"a.B"} x"#, #"{"method":"a.B",}"#, #"{'method':'a.B'}"#, "", " ", "\u{FEFF}{}",
        #"{"method":"a.B","parameters":{"x":NaN}}"#, #"{"method":"\ud800"}"#,
    ])
    func notStrictJSON(text: String) {
        #expect {
            try call(text)
        } throws: {
            if case .notJSON = $0 as? WireError { true } else { false }
        }
    }

    @Test func invalidUTF8AndTooDeepAreRefused() throws {
        let bytes =
            Array(#"{"method":"a.B","parameters":{"x":""#.utf8) + [0xC3] + Array(#""}}"#.utf8)
        #expect(throws: WireError.notJSON(.notUTF8)) { try Call(parsing: bytes.span) }
        // Message and parameters are two levels.
        func nested(_ depth: Int) -> String {
            #"{"method":"a.B","parameters":{"x":"# + String(repeating: "[", count: depth)
                + String(repeating: "]", count: depth) + "}}"
        }
        #expect(try call(nested(30)).method == "a.B")
        #expect {
            try call(nested(31))
        } throws: {
            if case .notJSON(.tooDeep(limit: 32, at: _)) = $0 as? WireError { true } else { false }
        }
    }

    @Test func everyOneByteChangeIsRefusedOrReadsAndWritesBack() throws {
        let seed = Array(#"{"method":"a.B","parameters":{"x":1},"more":true}"#.utf8)
        var read = 0
        for index in seed.indices {
            for byte in UInt8.min...UInt8.max where byte != seed[index] {
                var mangled = seed
                mangled[index] = byte
                guard let call = try? Call(parsing: mangled.span) else { continue }
                read += 1
                let again = call.format()
                #expect(try Call(parsing: again.span) == call)
            }
        }
        #expect(read > 0)
    }

    @Test func whatIsWrittenIsRead() throws {
        let made = Call(
            method: "io.carevault.Vault.Unseal", parameters: JSON.Object(["secret": "x\"\u{1}"]),
            more: true)
        #expect(try Call(parsing: made.format().span) == made)
        let typed = Call.format(
            VaultUnseal.self, .init(secret: SecretText("one two"), form: .words), oneway: true)
        let read = try Call(parsing: typed.span)
        #expect(read.method == "io.carevault.Vault.Unseal" && read.oneway)
        #expect(try VaultUnseal.Parameters(parameters: read.parameters).form == .words)
    }

    @Test func descriptionsShowNoContent() throws {
        let secret = "correct horse"
        let parameters = SessionLogin.Parameters(
            name: "Wang", secret: SecretText(secret), form: .words)
        let read = try Call(parsing: Call.format(SessionLogin.self, parameters).span)
        let foreign = Call(method: secret)
        var dumped = ""
        dump(parameters, to: &dumped)
        dump(read, to: &dumped)
        dump(foreign, to: &dumped)
        for text in ["\(parameters)", "\(read)", "\(foreign)", dumped] {
            #expect(!text.contains(secret) && !text.contains("Wang"))
        }
        #expect("\(parameters)" == "Parameters(name, secret, form)")
        #expect("\(read)" == "Call(io.carevault.Session.Login)")
    }
}
