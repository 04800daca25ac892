extension HelpTexts {
    /// People and their files.
    static let records: KeyValuePairs<String, String> = [
        "The people whom the files are about.": "档案所涉及的人（对象）。",
        "Add a person; the fields are those of registry.subject.": "新增对象；字段以 registry.subject 为准。",
        "Find people by full name or number, which is asked for, never an argument.":
            "按全名或号码查找对象；内容在询问时输入，绝不作为命令行参数。",
        "What to look for.": "按什么查找。",
        "Largest number of people, 1 to 100 (default: 20).": "最多显示的人数，1 到 100（默认：20）。",
        "Show who a person is.": "显示对象的身份。",
        "The files. Every one that is shown is audited.": "档案记录。每次显示都会记入审计日志。",
        "Add a record to a person's file.": "在对象的档案中新增记录。",
        "Kind, such as counselling.session.": "类型，例如 counselling.session。",
        "Show a record.": "显示记录。",
        "Version, from 1 (default: the newest).": "版本，从 1 起（默认：最新版本）。",
        "List a person's records, each with its newest version.": "列出对象的记录，各显示最新版本。",
        "Only this kind, such as counselling.session.": "只列出此类型，例如 counselling.session。",
        "Largest number of records, 1 to 100 (default: 20).": "最多显示的记录数，1 到 100（默认：20）。",
        "Go on where an earlier list ended.": "从上一次列表结束处继续。",
        "Write a new version of a record, all of its fields; the old one stays.":
            "写入记录的新版本，包括全部字段；旧版本保留（修订）。",
        "Version that you amend (default: the newest, which is read first).":
            "要修订的版本（默认：最新版本，会先读取）。",
        "Kind; needed for lines if --base is given.": "类型；给出 --base 且内容为行时必须指定。",
        "List every version of a record.": "列出记录的每个版本。",
    ]
}
