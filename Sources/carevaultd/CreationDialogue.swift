import VaultDaemon
import VaultPlatform
import VaultText

/// Asks at a terminal for what a command line of `init` did not say.
struct CreationDialogue {
    let prompts: Prompts
    /// Wrong answers to one question before it is given up.
    private static let attempts = 5

    /// Asks, shows what will be made, and has it confirmed.
    ///
    /// - Throws: `prompt`, `creation(.declined)`.
    func complete(_ command: inout InitCommand) throws(StartupError) -> CreationOwner? {
        try say(CreationQuestions.head)
        let data = try directory(command.data)
        command.data = data
        let name = try operatorName(command.operatorName)
        command.operatorName = name
        let user = try operatorAccount(command.operatorUID?.user)
        command.operatorUID = AccountNumber(user)
        if command.unsealUIDs.isEmpty {
            command.unsealUIDs = try unsealAccounts(user).map(AccountNumber.init)
        }
        let owner = try owner(command.owner, DataDirectory(data))
        try confirm(command, data, name, user, owner)
        return owner
    }

    private func directory(_ given: String?) throws(StartupError) -> String {
        let standard = Setting.data.standard?.words ?? "/"
        if let given { return given }
        return try ask(CreationQuestions.data(standard), standard, CreationQuestions.badPath) {
            $0.hasPrefix("/") ? $0 : nil
        }
    }

    private func operatorName(_ given: String?) throws(StartupError) -> String {
        if let given { return given }
        return try ask(CreationQuestions.operatorName, "", CreationQuestions.badName) {
            CreationPlan.isName($0) ? $0 : nil
        }
    }

    private func operatorAccount(_ given: UInt32?) throws(StartupError) -> UInt32 {
        if let given { return given }
        // Who called sudo, rather than root itself.
        let caller = Environment.value("SUDO_UID").flatMap { UInt32($0) } ?? Accounts.realUser
        let standard = Self.name(caller)
        return try ask(CreationQuestions.operatorAccount(standard), standard) {
            AccountNumber(argument: $0)?.user
        }
    }

    private func unsealAccounts(_ first: UInt32) throws(StartupError) -> [UInt32] {
        let standard = Self.name(first)
        return try ask(CreationQuestions.unsealAccounts(standard), standard) { answer in
            let users = answer.split(whereSeparator: { $0 == " " || $0 == "," })
                .map { AccountNumber(argument: String($0))?.user }
            let known = users.compactMap { $0 }
            return known.count == users.count && !known.isEmpty ? known : nil
        }
    }

    private func owner(
        _ given: String?, _ data: DataDirectory
    ) throws(StartupError) -> CreationOwner? {
        if let given { return try CreationOwner(named: given) }
        guard Accounts.effectiveUser == 0 else { return nil }
        let usual =
            CreationOwner.usual(for: data)
            ?? (try? CreationOwner(named: CreationOwner.standardName))
        let standard = usual?.name ?? Self.name(0)
        return try ask(CreationQuestions.owner(standard), standard) { name in
            try? CreationOwner(named: name)
        }
    }

    private func confirm(
        _ command: InitCommand, _ data: String, _ name: String, _ user: UInt32,
        _ owner: CreationOwner?
    ) throws(StartupError) {
        var fields = FieldList()
        fields.add(CreationQuestions.labelData, stored: data)
        fields.add(
            CreationQuestions.labelOperator,
            Phrase(CreationQuestions.person(name, Self.name(user))))
        fields.add(
            CreationQuestions.labelUnseal,
            stored: command.unsealUIDs.map { Self.name($0.user) }.joined(separator: ", "))
        if let owner {
            fields.add(
                CreationQuestions.labelOwner,
                Phrase(CreationQuestions.account(owner.name, owner.user)))
        }
        let isWanted: Bool
        do throws(PromptError) {
            try prompts.say(Message(verbatim: ""))
            for line in fields.text(in: prompts.language).split(separator: "\n") {
                try prompts.say(Message(verbatim: String(line)))
            }
            isWanted = try prompts.confirm(CreationQuestions.confirm)
        } catch {
            throw .prompt(error)
        }
        guard isWanted else { throw .creation(.declined) }
    }

    /// Asks until an answer can be used; an empty one stands for `standard`.
    private func ask<Answer>(
        _ question: Message, _ standard: String, _ complaint: Message? = nil,
        _ read: (String) -> Answer?
    ) throws(StartupError) -> Answer {
        for _ in 0..<Self.attempts {
            let typed: String
            do { typed = try prompts.line(question) } catch { throw .prompt(error) }
            let answer = typed.isEmpty ? standard : typed
            if let value = read(answer) { return value }
            try say(complaint ?? CreationQuestions.noAccount(answer))
        }
        throw .prompt(.notAnswered)
    }

    private func say(_ message: Message) throws(StartupError) {
        do { try prompts.say(message) } catch { throw .prompt(error) }
    }

    private static func name(_ user: UInt32) -> String {
        ((try? Accounts.name(ofUser: user)) ?? nil) ?? "\(user)"
    }
}
