extension RecordSchema {
    /// `hardship.case`, version 1.
    package static let hardshipCase = RecordSchema(
        kind: .hardshipCase, version: 1,
        summary:
            "A household in need: who lives there, on what, why, and what was decided and paid.",
        fields: [
            .required("opened_on", .date, "day of the application"),
            .optional("closed_on", .date, "day on which the case ended"),
            .required(
                "status",
                .option(["draft", "submitted", "approved", "rejected", "assisted", "closed"]),
                "where the case stands"),
            .optional(
                "level", .option(["relative", "deep", "accidental"]),
                "level of need: relative poverty, deep poverty, or through an accident or disaster"),
            .optional("region", .text(.line), "administrative region"),
            .optional("causes", .list(.option(causes), upTo: 12), "what led to the need"),
            .optional("circumstances", .text(.notes), "the need in words"),
            .optional(
                "household", .list(.object(member), upTo: 32),
                "who lives together, the applicant too"),
            .optional("household_income", .money, "income of all in a month"),
            .optional("household_expense", .money, "necessary expense of all in a month"),
            .optional("approvals", .list(.object(approval), upTo: 16), "decisions, in order"),
            .optional(
                "relief", .list(.object(relief), upTo: 64), "what was paid or given, in order"),
            .optional("remarks", .text(.remarks), "anything else"),
        ],
        rules: [
            .ordered(first: "opened_on", then: "closed_on"),
            .needed("closed_on", when: "status", is: "closed"),
        ])

    private static let causes = [
        "illness", "disability", "job_loss", "low_income", "accident", "disaster", "bereavement",
        "schooling", "care_of_relatives", "housing", "debt", "other",
    ]

    private static let member: [Field] = [
        .required("relation", .option(["self"] + Family.relations), "to the applicant"),
        .optional("birth_date", .date, "day of birth"),
        .optional("is_dependant", .flag, "whether the member lives on the income of others"),
        .optional(
            "occupation",
            .option(["employed", "retired", "unemployed", "student", "unable_to_work", "other"]),
            "what the member does"),
        .optional("income", .money, "income in a month"),
        .optional("health", .text(.line), "illness or disability that counts"),
    ]

    private static let approval: [Field] = [
        .required(
            "decision", .option(["endorsed", "approved", "returned", "rejected"]),
            "what was decided"),
        .required("decided_on", .date, "day of the decision"),
        .required("body", .option(["team", "branch", "union", "fund"]), "who decided"),
        .optional("amount", .money, "what was granted"),
        .optional("reason", .text(.remarks), "why"),
    ]

    private static let relief: [Field] = [
        .required("paid_on", .date, "day of payment or handing over"),
        .required("form", .option(["cash", "transfer", "goods", "waiver"]), "in what form"),
        .required("amount", .money, "amount or value"),
        .optional("fund", .text(.line), "from which fund"),
        .optional("receipt", .text(.line), "number of the receipt"),
    ]
}
