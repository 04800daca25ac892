/// Fields of `counselling.session`.
extension FieldMessages {
    static let counselling: [Entry] = [
        Entry(
            "held_on", Message("day", chinese: "日期"), chinese: "会谈的日子"),
        Entry(
            "started_at", Message("began at", chinese: "开始时间"), chinese: "开始的当地时间"),
        Entry(
            "duration_minutes", Message("minutes", chinese: "时长（分钟）"), chinese: "用了多长时间"),
        Entry(
            "channel", Message("way", chinese: "方式"), chinese: "以何种方式进行"),
        Entry(
            "attendance", Message("attendance", chinese: "到场情况"), chinese: "会谈是否进行"),
        Entry(
            "number", Message("number", chinese: "次序"), chinese: "本系列中的第几次"),
        Entry(
            "risk", Message("risk of harm", chinese: "风险"), chinese: "判断的伤害风险"),
        Entry(
            "topics", Message("topics", chinese: "主题"), chinese: "谈了什么"),
        Entry(
            "concern", Message("concern", chinese: "来访问题"), chinese: "来访者带来的问题"),
        Entry(
            "summary", Message("summary", chinese: "小结"), chinese: "谈了什么、做了什么"),
        Entry(
            "plan", Message("plan", chinese: "计划"), chinese: "商定的事项，包括安全计划"),
        Entry(
            "next_on", Message("next session", chinese: "下次会谈"), chinese: "下次会谈的日子"),
    ]
}
