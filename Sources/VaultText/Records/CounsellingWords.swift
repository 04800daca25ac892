extension RecordWords {
    static let counsellingSession: [String: FieldWord] = [
        "held_on": .init("咨询日期", "咨询进行的日期"),
        "started_at": .init("开始时间", "开始的当地时间"),
        "duration_minutes": .init("时长（分钟）", "持续多长时间"),
        "channel": .init("方式", "以何种方式进行"),
        "attendance": .init("到访情况", "咨询是否进行"),
        "number": .init("次序", "系列中的第几次咨询"),
        "risk": .init("风险", "判断的伤害风险"),
        "topics": .init("主题", "谈及的主题"),
        "concern": .init("来访问题", "来访者提出的问题"),
        "summary": .init("摘要", "谈了什么、做了什么"),
        "plan": .init("计划", "商定的事项，包括安全计划"),
        "next_on": .init("下次日期", "下次咨询的日期"),
    ]
}
