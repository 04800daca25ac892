import Testing

@testable import VaultPlatform

@Suite struct AccountsTests {
    @Test func namesAndNumbersMatch() throws {
        #expect(try Accounts.user(named: "root") == 0)
        #expect(try Accounts.name(ofUser: 0) == "root")
        #expect(try Accounts.group(named: "root") == 0)
        #expect(try Accounts.name(ofGroup: 0) == "root")
    }

    @Test func unknownAccountsAreSaid() throws {
        #expect(try Accounts.name(ofUser: 3_999_999_999) == nil)
        #expect(try Accounts.name(ofGroup: 3_999_999_999) == nil)
        #expect(throws: PlatformError.unknownUser(name: "no such user")) {
            try Accounts.user(named: "no such user")
        }
        #expect(throws: PlatformError.unknownGroup(name: "no such group")) {
            try Accounts.group(named: "no such group")
        }
        #expect(throws: PlatformError.invalidPath(path: "root\0x")) {
            try Accounts.user(named: "root\0x")
        }
    }
}
