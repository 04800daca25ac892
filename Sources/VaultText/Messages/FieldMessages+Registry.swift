/// Fields of `registry.subject`.
extension FieldMessages {
    static let registry: [Entry] = [
        Entry(
            "anonymous", Message("no name given", chinese: "未留姓名"),
            chinese: "此人不愿透露姓名；选“是”则不填可识别身份的字段"),
        Entry(
            "names", Message("names", chinese: "姓名"), chinese: "此人的称呼"),
        Entry(
            "names.full", Message("full name", chinese: "全名"), chinese: "按书写形式的完整姓名"),
        Entry(
            "names.kind", Message("kind of name", chinese: "姓名种类"), chinese: "是此人的哪一种姓名"),
        Entry(
            "employee_number", Message("employee number", chinese: "工号"), chinese: "在单位的编号"),
        Entry(
            "national_id", Message("national id", chinese: "证件号码"), chinese: "身份证上的号码"),
        Entry(
            "birth_date", Message("date of birth", chinese: "出生日期"), chinese: "出生的日子"),
        Entry(
            "sex", Message("sex", chinese: "性别"), chinese: "登记的性别"),
        Entry(
            "unit", Message("unit", chinese: "单位"), chinese: "在组织中的位置"),
        Entry(
            "status", Message("status", chinese: "状态"), chinese: "在职或退休"),
        Entry(
            "contacts", Message("contacts", chinese: "联系方式"), chinese: "怎样联系此人"),
        Entry(
            "contacts.phone", Message("phone", chinese: "电话"), chinese: "第一个电话号码"),
        Entry(
            "contacts.other_phone", Message("other phone", chinese: "备用电话"), chinese: "第二个电话号码"),
        Entry(
            "contacts.email", Message("e-mail", chinese: "电子邮箱"), chinese: "电子邮箱地址"),
        Entry(
            "contacts.address", Message("address", chinese: "地址"), chinese: "通信地址"),
        Entry(
            "contacts.preferred", Message("best way", chinese: "首选联系方式"), chinese: "希望怎样被联系"),
        Entry(
            "contacts.safe_to_call", Message("others may answer", chinese: "他人可接听"),
            chinese: "电话是否可由他人接听"),
        Entry(
            "relatives", Message("relatives", chinese: "亲属"), chinese: "救助时计入的家人"),
        Entry(
            "relatives.relation", Message("relation", chinese: "关系"), chinese: "与此人的关系"),
        Entry(
            "relatives.birth_date", Message("date of birth", chinese: "出生日期"), chinese: "出生的日子"),
        Entry(
            "relatives.has_income", Message("has an income", chinese: "有收入"), chinese: "该亲属是否有收入"),
        Entry(
            "remarks", Message("remarks", chinese: "备注"), chinese: "辨认此人还需要知道的"),
    ]
}
