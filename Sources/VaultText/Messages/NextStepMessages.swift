/// What a command tells a person at a terminal when it is done: who does what next.
package enum NextStepMessages {
    /// Before the step.
    package static func next(_ step: Message) -> Message {
        Message("next: \(step)", chinese: "下一步：\(step)")
    }

    /// After enlisting; before the founding there are two offices to take.
    package static func enlisted(_ name: String, isFounded: Bool) -> Message {
        isFounded
            ? Message(
                "\(name) runs at their own account: carevault enrol",
                chinese: "\(name) 在本人账户执行：carevault enrol")
            : Message(
                "\(name) runs at their own account: carevault enrol --as custodian, or --as auditor",
                chinese: "\(name) 在本人账户执行：carevault enrol --as custodian（档案主管）或 --as auditor（审计员）")
    }

    /// After enrolling.
    package static let enrolled = Message(
        "a custodian (for care roles) or an auditor runs: carevault grant NAME --role ROLE; then you log in: carevault login",
        chinese: "由档案主管（照护角色）或审计员执行：carevault grant NAME --role ROLE；之后请登录：carevault login")

    /// After enrolling for the founding.
    package static let founderEnrolled = Message(
        "custodian and auditor each run, in one room: carevault login, then carevault found",
        chinese: "档案主管和审计员当面各自执行：carevault login，然后 carevault found")

    /// After granting.
    package static func granted(_ name: String, opensFiles: Bool) -> Message {
        opensFiles
            ? Message(
                "\(name) logs in: carevault login --purpose PURPOSE",
                chinese: "\(name) 登录：carevault login --purpose PURPOSE")
            : Message("\(name) logs in: carevault login", chinese: "\(name) 登录：carevault login")
    }

    /// After granting to a service.
    package static func serviceGranted(_ name: String) -> Message {
        Message(
            "\(name) logs in: carevault login --login \(shell: name) --key-file FILE",
            chinese: "\(name) 登录：carevault login --login \(shell: name) --key-file FILE")
    }

    /// After the first signature under the founding.
    package static func signed(waitingFor role: Message) -> Message {
        Message(
            "the \(role) runs: carevault found", chinese: "由\(role)执行：carevault found")
    }

    /// After the second signature.
    package static let founded = Message(
        "custodian and auditor log in again: carevault login; an operator enlists the first counsellor: carevault principal enlist NAME --uid UID",
        chinese:
            "档案主管和审计员重新登录：carevault login；由操作员登记首位心理咨询员：carevault principal enlist NAME --uid UID")

    /// When every key is under the new storage key.
    package static let completeRotation = Message(
        "an operator runs: carevault key rotate storage complete",
        chinese: "由操作员执行：carevault key rotate storage complete")
}
