/// Fields of `medical.coverage`.
extension FieldMessages {
    static let coverage: [Entry] = [
        Entry(
            "type", Message("type", chinese: "种类"), chinese: "何种保障"),
        Entry(
            "scheme", Message("scheme", chinese: "项目名称"), chinese: "计划或保单的名称"),
        Entry(
            "insurer", Message("insurer", chinese: "承保方"), chinese: "由谁承保"),
        Entry(
            "policy_number", Message("policy number", chinese: "保单号"), chinese: "保单的编号"),
        Entry(
            "insured", Message("insured", chinese: "被保险人"), chinese: "保障谁：档案本人或某位亲属"),
        Entry(
            "insured_birth_date", Message("date of birth of the insured", chinese: "被保险人出生日期"),
            chinese: "该亲属出生的日子"),
        Entry(
            "starts_on", Message("starts on", chinese: "生效日期"), chinese: "保障的第一天"),
        Entry(
            "ends_on", Message("ends on", chinese: "终止日期"), chinese: "保障的最后一天"),
        Entry(
            "status", Message("status", chinese: "状态"), chinese: "是否有效"),
        Entry(
            "premium", Message("premium a year", chinese: "年保费"), chinese: "一年的费用"),
        Entry(
            "paid_by", Message("paid by", chinese: "缴费方"), chinese: "谁缴保费"),
        Entry(
            "sum_insured", Message("sum insured a year", chinese: "年保额"), chinese: "一年最多支付的金额"),
        Entry(
            "remarks", Message("remarks", chinese: "备注"), chinese: "其他"),
    ]
}
