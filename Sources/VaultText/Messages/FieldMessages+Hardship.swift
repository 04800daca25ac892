/// Fields of `hardship.case`.
extension FieldMessages {
    static let hardship: [Entry] = [
        Entry(
            "opened_on", Message("opened on", chinese: "申请日期"), chinese: "申请的日子"),
        Entry(
            "closed_on", Message("closed on", chinese: "结案日期"), chinese: "结案的日子"),
        Entry(
            "status", Message("status", chinese: "状态"), chinese: "办到哪一步"),
        Entry(
            "level", Message("level of need", chinese: "困难等级"), chinese: "相对困难、深度困难，或因意外、灾害致困"),
        Entry(
            "region", Message("region", chinese: "地区"), chinese: "行政区"),
        Entry(
            "causes", Message("causes", chinese: "致困原因"), chinese: "什么导致困难"),
        Entry(
            "circumstances", Message("circumstances", chinese: "情况说明"), chinese: "用文字说明困难"),
        Entry(
            "household", Message("household", chinese: "家庭成员"), chinese: "共同生活的人，包括申请人"),
        Entry(
            "household.relation", Message("relation", chinese: "关系"), chinese: "与申请人的关系"),
        Entry(
            "household.birth_date", Message("date of birth", chinese: "出生日期"), chinese: "出生的日子"),
        Entry(
            "household.is_dependant", Message("dependant", chinese: "受供养"), chinese: "是否靠他人的收入生活"),
        Entry(
            "household.occupation", Message("occupation", chinese: "职业状况"), chinese: "该成员做什么"),
        Entry(
            "household.income", Message("income a month", chinese: "月收入"), chinese: "每月的收入"),
        Entry(
            "household.health", Message("health", chinese: "健康状况"), chinese: "计入的疾病或残疾"),
        Entry(
            "household_income", Message("income of all a month", chinese: "家庭月收入"),
            chinese: "全家每月的收入"),
        Entry(
            "household_expense", Message("expense of all a month", chinese: "家庭月支出"),
            chinese: "全家每月的必要支出"),
        Entry(
            "approvals", Message("decisions", chinese: "审批"), chinese: "按先后的决定"),
        Entry(
            "approvals.decision", Message("decision", chinese: "决定"), chinese: "决定了什么"),
        Entry(
            "approvals.decided_on", Message("decided on", chinese: "决定日期"), chinese: "作出决定的日子"),
        Entry(
            "approvals.body", Message("decided by", chinese: "决定机构"), chinese: "谁作的决定"),
        Entry(
            "approvals.amount", Message("amount", chinese: "金额"), chinese: "批准的金额"),
        Entry(
            "approvals.reason", Message("reason", chinese: "理由"), chinese: "为什么"),
        Entry(
            "relief", Message("relief", chinese: "救助"), chinese: "按先后的发放"),
        Entry(
            "relief.paid_on", Message("paid on", chinese: "发放日期"), chinese: "付款或交付的日子"),
        Entry(
            "relief.form", Message("form", chinese: "形式"), chinese: "以何种形式"),
        Entry(
            "relief.amount", Message("amount", chinese: "金额"), chinese: "金额或价值"),
        Entry(
            "relief.fund", Message("fund", chinese: "资金来源"), chinese: "来自哪项资金"),
        Entry(
            "relief.receipt", Message("receipt", chinese: "收据号"), chinese: "收据的编号"),
        Entry(
            "remarks", Message("remarks", chinese: "备注"), chinese: "其他"),
    ]
}
