extension RecordSchema {
    /// `registry.subject`, version 1. The only kind that names a person; other kinds must not repeat it.
    package static let registrySubject = RecordSchema(
        kind: .registrySubject, version: 1,
        summary: "Who a person is: found by employee number, national id or full name.",
        fields: [
            .optional(
                "anonymous", .flag, "true for a person who gives no name; then no identifying field"
            ),
            .optional("names", .list(.object(name), upTo: 8), "what the person is called"),
            .optional("employee_number", .text(.form(.identifier)), "number at the employer"),
            .optional("national_id", .text(.form(.identifier)), "number on the identity card"),
            .optional("birth_date", .date, "day of birth"),
            .optional("sex", .option(["female", "male", "other", "unknown"]), "as registered"),
            .optional("unit", .text(.line), "where in the organisation"),
            .optional("status", .option(["active", "retired"]), "in employment or retired"),
            .optional("contacts", .object(contacts), "how to reach the person"),
            .optional(
                "relatives", .list(.object(relative), upTo: 32), "family that counts for aid"),
            .optional("remarks", .text(.remarks), "what else is needed to recognise the person"),
        ],
        rules: [
            .eitherNamed(
                by: "names", orFlagged: "anonymous",
                barring: ["employee_number", "national_id", "birth_date", "contacts", "relatives"])
        ])

    private static let name: [Field] = [
        .required("full", .text(.line), "the whole name as it is written"),
        .optional(
            "kind", .option(["legal", "former", "alias", "romanised"]),
            "which of the person's names"),
    ]

    private static let contacts: [Field] = [
        .optional("phone", .text(.form(.phone)), "first phone number"),
        .optional("other_phone", .text(.form(.phone)), "second phone number"),
        .optional("email", .text(.form(.email)), "e-mail address"),
        .optional("address", .text(.longLine), "postal address"),
        .optional(
            "preferred", .option(["phone", "email", "post", "in_person"]), "how to be reached"),
        .optional("safe_to_call", .flag, "whether a call may be answered by others"),
    ]

    private static let relative: [Field] = [
        .required("relation", .option(Family.relations), "to the person"),
        .optional("birth_date", .date, "day of birth"),
        .optional("has_income", .flag, "whether the relative earns"),
    ]
}

/// Words about families that several kinds share.
enum Family {
    static let relations = [
        "spouse", "child", "parent", "sibling", "grandparent", "grandchild", "parent_in_law",
        "guardian", "other",
    ]
}
