extension RecordSchema {
    /// `counselling.session`, version 1: what may be shared with colleagues of the compartment.
    package static let counsellingSession = RecordSchema(
        kind: .counsellingSession, version: 1,
        summary: "One meeting of a counsellor with a person, by phone, online or in person.",
        fields: [
            .required("held_on", .date, "day of the session"),
            .optional("started_at", .text(.form(.timeOfDay)), "local time at which it began"),
            .optional("duration_minutes", .integer(1...1_440, unit: "minutes"), "how long it took"),
            .required("channel", .option(["phone", "online", "in_person"]), "how it was held"),
            .optional(
                "attendance", .option(["attended", "late", "cancelled", "missed"]),
                "whether it took place"),
            .optional("number", .integer(1...10_000, unit: "count"), "which session in the series"),
            .required(
                "risk", .option(["none", "low", "moderate", "high", "acute"]), "judged risk of harm"
            ),
            .optional("topics", .list(.option(topics), upTo: 12), "what it was about"),
            .optional("concern", .text(.notes), "what the person brought"),
            .optional("summary", .text(.notes), "what was said and done"),
            .optional("plan", .text(.notes), "what was agreed, safety plan included"),
            .optional("next_on", .date, "day of the next session"),
        ],
        rules: [.ordered(first: "held_on", then: "next_on")])

    private static let topics = [
        "work", "family", "relationship", "parenting", "grief", "anxiety", "depression", "trauma",
        "addiction", "sleep", "health", "finances", "legal", "conflict", "violence", "other",
    ]
}
