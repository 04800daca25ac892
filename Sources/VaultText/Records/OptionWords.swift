extension RecordWords {
    /// The options of all kinds; a word means the same wherever it stands.
    static let options: [String: Phrase] = [
        // Names and people
        "legal": "法律", "former": "曾用名", "alias": "别名", "romanised": "拼音",
        "female": "女", "male": "男", "unknown": "未知", "active": "有效", "retired": "退休",
        "email": "电子邮件", "post": "邮寄",
        // Family
        "self": "本人", "spouse": "配偶", "child": "子女", "parent": "父母", "sibling": "兄弟姐妹",
        "grandparent": "祖父母", "grandchild": "孙子女", "parent_in_law": "配偶父母",
        "guardian": "监护人", "minor_child": "未成年子女", "adult_dependant": "被供养的成年人",
        // Counselling
        "phone": "电话", "online": "线上", "in_person": "当面",
        "attended": "到访", "late": "迟到", "cancelled": "取消", "missed": "未到",
        "none": "无", "low": "低", "moderate": "中", "high": "高", "acute": "紧急",
        "work": "工作", "family": "家庭", "relationship": "亲密关系", "parenting": "育儿",
        "grief": "哀伤", "anxiety": "焦虑", "depression": "抑郁", "trauma": "创伤",
        "addiction": "成瘾", "sleep": "睡眠", "health": "健康", "finances": "经济",
        "conflict": "冲突", "violence": "暴力", "other": "其他",
        // Hardship
        "draft": "草稿", "submitted": "已提交", "approved": "已批准", "rejected": "已驳回",
        "assisted": "已帮扶", "closed": "已结案",
        "relative": "相对困难", "deep": "深度困难", "accidental": "意外致困",
        "illness": "疾病", "disability": "残疾", "job_loss": "失业", "low_income": "低收入",
        "accident": "意外事故", "disaster": "灾害", "bereavement": "丧亲", "schooling": "就学",
        "care_of_relatives": "照护亲属", "housing": "住房", "debt": "债务",
        "employed": "就业", "unemployed": "未就业", "student": "学生",
        "unable_to_work": "丧失劳动能力",
        "endorsed": "同意上报", "returned": "退回", "team": "班组", "branch": "分会",
        "union": "工会", "fund": "基金",
        "cash": "现金", "transfer": "转账", "goods": "实物", "waiver": "减免",
        // Medical
        "outpatient": "门诊", "inpatient": "住院", "emergency": "急诊", "surgery": "手术",
        "medicine": "药品", "examination": "检查", "maternity": "生育", "dental": "口腔",
        "rehabilitation": "康复", "aids": "辅助器具",
        "verified": "已核实", "reimbursed": "已报销",
        "system_subsidy": "系统补助", "mutual_aid": "互助保障", "insurance_payment": "保险赔付",
        "womens_policy": "女职工专项", "critical_illness": "大病", "pending": "待定",
        "reduced": "部分批准", "insurer": "保险公司",
        "statutory": "基本医保", "supplementary": "补充医保", "commercial": "商业保险",
        "ended": "已终止", "employer": "用人单位", "person": "个人", "shared": "共同承担",
    ]

    /// Words of an option where it means something else than elsewhere.
    static let ownOptions: [String: Phrase] = [
        "registry.subject/names.kind/legal": "法定姓名", "registry.subject/status/active": "在职",
        "medical.coverage/status/cancelled": "已退保",
    ]
}
