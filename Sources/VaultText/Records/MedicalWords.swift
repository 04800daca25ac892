extension RecordWords {
    static let medicalExpense: [String: FieldWord] = [
        "incurred_on": .init("费用日期", "账单的日期"),
        "admitted_on": .init("入院日期", "入院的日期"),
        "discharged_on": .init("出院日期", "出院的日期"),
        "patient": .init("患者", "为谁就医，相对于档案本人"),
        "category": .init("类别", "什么费用"),
        "provider": .init("医疗机构", "医院或药店"),
        "bill_number": .init("票据号", "账单上的编号"),
        "diagnosis": .init("诊断", "诊断的文字说明"),
        "diagnosis_code": .init("诊断编码", "ICD-10 编码"),
        "total": .init("总费用", "账单总额"),
        "insurance_paid": .init("医保支付", "法定医疗保险支付的部分"),
        "other_paid": .init("其他支付", "单位或慈善等其他方支付的部分"),
        "own_share": .init("个人负担", "由个人负担的部分"),
        "status": .init("状态", "申请办理到哪一步"),
        "remarks": .init("备注", "其他事项"),
    ]

    static let medicalBenefit: [String: FieldWord] = [
        "applied_on": .init("申请日期", "提出申请的日期"),
        "type": .init("类别", "由谁支付：系统内补助、互助保障、保险公司、女职工专项"),
        "care": .init("就医类别", "针对何种就医"),
        "scheme": .init("项目", "项目或保单的名称"),
        "reference": .init("受理号", "申请的编号"),
        "beneficiary": .init("受益人", "给予谁，相对于档案本人"),
        "period_from": .init("起始日", "就医或保障的第一天"),
        "period_to": .init("截止日", "就医或保障的最后一天"),
        "claimed": .init("申请金额", "申请的金额"),
        "decision": .init("决定", "作出了什么决定"),
        "decided_on": .init("决定日期", "作出决定的日期"),
        "decided_by": .init("决定机构", "由谁决定"),
        "amount": .init("批准金额", "批准的金额"),
        "paid_on": .init("支付日期", "付款的日期"),
        "remarks": .init("备注", "其他事项"),
    ]

    static let medicalCoverage: [String: FieldWord] = [
        "type": .init("保障类别", "属于哪类保障"),
        "scheme": .init("保障项目", "项目或保单的名称"),
        "insurer": .init("承保机构", "由谁承保"),
        "policy_number": .init("保单号", "保单的编号"),
        "insured": .init("被保障人", "保障谁：档案本人或亲属"),
        "insured_birth_date": .init("被保障人出生日期", "受保障亲属的出生日期"),
        "starts_on": .init("起保日期", "保障的第一天"),
        "ends_on": .init("终止日期", "保障的最后一天"),
        "status": .init("状态", "是否有效"),
        "premium": .init("年保费", "一年的费用"),
        "paid_by": .init("保费承担方", "由谁支付保费"),
        "sum_insured": .init("年度限额", "一年最高赔付金额"),
        "remarks": .init("备注", "其他事项"),
    ]
}
