/// Fields of `medical.benefit`.
extension FieldMessages {
    static let benefit: [Entry] = [
        Entry(
            "applied_on", Message("applied on", chinese: "申请日期"), chinese: "申请的日子"),
        Entry(
            "type", Message("type", chinese: "种类"), chinese: "由谁支付：本系统、互助基金、保险公司或女职工专项"),
        Entry(
            "care", Message("care", chinese: "医疗种类"), chinese: "为何种医疗"),
        Entry(
            "scheme", Message("scheme", chinese: "项目名称"), chinese: "计划或保单的名称"),
        Entry(
            "reference", Message("claim number", chinese: "申请号"), chinese: "理赔的编号"),
        Entry(
            "beneficiary", Message("beneficiary", chinese: "受益人"), chinese: "为谁，从档案本人看"),
        Entry(
            "period_from", Message("period from", chinese: "期间起"), chinese: "所涉医疗或保障的第一天"),
        Entry(
            "period_to", Message("period to", chinese: "期间止"), chinese: "最后一天"),
        Entry(
            "claimed", Message("claimed", chinese: "申请金额"), chinese: "申请的金额"),
        Entry(
            "decision", Message("decision", chinese: "决定"), chinese: "决定了什么"),
        Entry(
            "decided_on", Message("decided on", chinese: "决定日期"), chinese: "作出决定的日子"),
        Entry(
            "decided_by", Message("decided by", chinese: "决定机构"), chinese: "谁作的决定"),
        Entry(
            "amount", Message("amount", chinese: "金额"), chinese: "批准的金额"),
        Entry(
            "paid_on", Message("paid on", chinese: "支付日期"), chinese: "付款的日子"),
        Entry(
            "remarks", Message("remarks", chinese: "备注"), chinese: "其他"),
    ]
}
