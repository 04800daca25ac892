/// Fields of `medical.expense`.
extension FieldMessages {
    static let expense: [Entry] = [
        Entry(
            "incurred_on", Message("day of the bill", chinese: "费用日期"), chinese: "账单的日子"),
        Entry(
            "admitted_on", Message("admitted on", chinese: "入院日期"), chinese: "入院的日子"),
        Entry(
            "discharged_on", Message("discharged on", chinese: "出院日期"), chinese: "出院的日子"),
        Entry(
            "patient", Message("patient", chinese: "患者"), chinese: "为谁，从档案本人看"),
        Entry(
            "category", Message("category", chinese: "类别"), chinese: "为何事"),
        Entry(
            "provider", Message("provider", chinese: "医疗机构"), chinese: "医院或药店"),
        Entry(
            "bill_number", Message("bill number", chinese: "账单号"), chinese: "账单上的号码"),
        Entry(
            "diagnosis", Message("diagnosis", chinese: "诊断"), chinese: "用文字写的诊断"),
        Entry(
            "diagnosis_code", Message("diagnosis code", chinese: "诊断编码"), chinese: "ICD-10 编码"),
        Entry(
            "total", Message("total", chinese: "总额"), chinese: "账单总额"),
        Entry(
            "insurance_paid", Message("paid by insurance", chinese: "医保支付"), chinese: "由基本医疗保险支付的部分"
        ),
        Entry(
            "other_paid", Message("paid by others", chinese: "其他支付"), chinese: "由单位或慈善等其他方支付的部分"),
        Entry(
            "own_share", Message("own share", chinese: "自付"), chinese: "由本人承担的部分"),
        Entry(
            "status", Message("status", chinese: "状态"), chinese: "报销办到哪一步"),
        Entry(
            "remarks", Message("remarks", chinese: "备注"), chinese: "其他"),
    ]
}
