extension RecordSchema {
    /// `medical.expense`, version 1.
    package static let medicalExpense = RecordSchema(
        kind: .medicalExpense, version: 1,
        summary: "A medical bill: for whom, for what, and who paid how much of it.",
        fields: [
            .required("incurred_on", .date, "day of the bill"),
            .optional("admitted_on", .date, "day of admission"),
            .optional("discharged_on", .date, "day of discharge"),
            .required(
                "patient", .option(["self", "spouse", "minor_child", "adult_dependant", "other"]),
                "for whom, as seen from the person of the file"),
            .required(
                "category",
                .option([
                    "outpatient", "inpatient", "emergency", "surgery", "medicine", "examination",
                    "maternity", "dental", "rehabilitation", "aids", "other",
                ]), "for what"),
            .optional("provider", .text(.line), "hospital or pharmacy"),
            .optional("bill_number", .text(.line), "number on the bill"),
            .optional("diagnosis", .text(.line), "diagnosis in words"),
            .optional("diagnosis_code", .text(.form(.diagnosis)), "code of ICD-10"),
            .required("total", .money, "sum of the bill"),
            .optional("insurance_paid", .money, "part paid by statutory insurance"),
            .optional(
                "other_paid", .money, "part paid by others, such as an employer or a charity"),
            .optional("own_share", .money, "part left to the person"),
            .required(
                "status", .option(["submitted", "verified", "reimbursed", "rejected"]),
                "where the claim stands"),
            .optional("remarks", .text(.remarks), "anything else"),
        ],
        rules: [
            .ordered(first: "admitted_on", then: "discharged_on"),
            .part("insurance_paid", of: "total"),
            .part("other_paid", of: "total"),
            .part("own_share", of: "total"),
        ])
}
