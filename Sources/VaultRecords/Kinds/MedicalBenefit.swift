extension RecordSchema {
    /// `medical.benefit`, version 1. What a fund or an insurer decided about an illness; the bill it
    /// answers is a `medical.expense`.
    package static let medicalBenefit = RecordSchema(
        kind: .medicalBenefit, version: 1,
        summary:
            "Money towards an illness: under which scheme, for whom, what was decided and paid.",
        fields: [
            .required("applied_on", .date, "day of the application"),
            .required(
                "type",
                .option([
                    "system_subsidy", "mutual_aid", "insurance_payment", "womens_policy", "other",
                ]), "who pays: the own system, a mutual-aid fund, an insurer, a policy for women"),
            .optional(
                "care",
                .option(["inpatient", "outpatient", "critical_illness", "maternity", "other"]),
                "for what care"),
            .optional("scheme", .text(.line), "name of the scheme or policy"),
            .optional("reference", .text(.line), "number of the claim"),
            .required(
                "beneficiary",
                .option(["self", "spouse", "minor_child", "adult_dependant", "other"]),
                "for whom, as seen from the person of the file"),
            .optional("period_from", .date, "first day of the care or cover it is for"),
            .optional("period_to", .date, "last day of it"),
            .optional("claimed", .money, "what was asked for"),
            .required(
                "decision", .option(["pending", "approved", "reduced", "rejected"]),
                "what was decided"),
            .optional("decided_on", .date, "day of the decision"),
            .optional(
                "decided_by", .option(["team", "branch", "union", "fund", "insurer"]),
                "who decided"),
            .optional("amount", .money, "what was granted"),
            .optional("paid_on", .date, "day of the payment"),
            .optional("remarks", .text(.remarks), "anything else"),
        ],
        rules: [
            .ordered(first: "period_from", then: "period_to"),
            .ordered(first: "applied_on", then: "decided_on"),
            .ordered(first: "decided_on", then: "paid_on"),
            .part("amount", of: "claimed"),
            .needed("amount", when: "decision", is: "approved"),
            .needed("amount", when: "decision", is: "reduced"),
            .needed("decided_on", when: "decision", is: "approved"),
            .needed("decided_on", when: "decision", is: "reduced"),
            .needed("decided_on", when: "decision", is: "rejected"),
        ])
}
