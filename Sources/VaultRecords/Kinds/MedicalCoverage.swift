extension RecordSchema {
    /// `medical.coverage`, version 1. One policy or scheme that covers the person of the file or one
    /// relative; several make several records.
    package static let medicalCoverage = RecordSchema(
        kind: .medicalCoverage, version: 1,
        summary: "Cover against illness: which scheme, of which insurer, for whom and how long.",
        fields: [
            .required(
                "type",
                .option([
                    "statutory", "supplementary", "commercial", "mutual_aid", "womens_policy",
                    "other",
                ]), "what sort of cover"),
            .required("scheme", .text(.line), "name of the scheme or policy"),
            .optional("insurer", .text(.line), "who insures"),
            .optional("policy_number", .text(.line), "number of the policy"),
            .required(
                "insured", .option(["self"] + Family.relations),
                "who is covered: the person of the file or a relative"),
            .optional("insured_birth_date", .date, "day of birth of the relative"),
            .required("starts_on", .date, "first day of the cover"),
            .optional("ends_on", .date, "last day of the cover"),
            .required(
                "status", .option(["active", "ended", "cancelled"]), "whether it is in force"),
            .optional("premium", .money, "what it costs in a year"),
            .optional(
                "paid_by", .option(["employer", "union", "person", "shared"]),
                "who pays the premium"),
            .optional("sum_insured", .money, "the most that is paid in a year"),
            .optional("remarks", .text(.remarks), "anything else"),
        ],
        rules: [
            .ordered(first: "starts_on", then: "ends_on"),
            .needed("ends_on", when: "status", is: "ended"),
            .needed("ends_on", when: "status", is: "cancelled"),
        ])
}
