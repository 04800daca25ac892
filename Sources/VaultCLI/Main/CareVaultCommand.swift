import ArgumentParser

/// The root: `carevault`.
struct CareVaultCommand: ClientCommandGroup {
    static let configuration = CommandConfiguration(
        commandName: "carevault",
        abstract: "Talks to carevaultd, which keeps the files of people in trouble encrypted.",
        discussion: """
            Exit codes: 0 done, 1 failed, 2 wrong usage, 3 not found or denied, 4 sealed, 5 login \
            needed, 6 unavailable; verify: 10 invalid, 11 incomplete, 12 valid without an outside \
            pin. Secrets and client data are never arguments. carevault --version shows \
            the version.
            """,
        subcommands: [],
        groupedSubcommands: [
            CommandGroup(
                name: "Everyone",
                subcommands: [
                    StatusCommand.self, EnrolCommand.self, EnrollCommand.self, LoginCommand.self,
                    LogoutCommand.self, WhoAmICommand.self, PasswdCommand.self, VerifyCommand.self,
                    WatchCommand.self, SampleCommand.self,
                ]),
            CommandGroup(
                name: "Care staff",
                subcommands: [
                    ShellCommand.self, SubjectCommand.self, RecordCommand.self, LoadCommand.self,
                ]),
            CommandGroup(
                name: "Operators",
                subcommands: [
                    UnsealCommand.self, SealCommand.self, PrincipalCommand.self, KeyCommand.self,
                ]),
            CommandGroup(
                name: "Custodians and auditors",
                subcommands: [
                    FoundCommand.self, GrantCommand.self, RevokeCommand.self, AuditCommand.self,
                ]),
        ])
}

extension CommandTree {
    /// The commands of `carevault`.
    static let carevault = CommandTree(CareVaultCommand.self)
}
