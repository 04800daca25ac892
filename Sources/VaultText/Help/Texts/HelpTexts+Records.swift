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
        "Kind, by name or title, such as counselling.session.":
            "类型，例如 counselling.session 或咨询会谈。",
        "Show a record.": "显示记录。",
        "Version, from 1 (default: the newest).": "版本，从 1 起（默认：最新版本）。",
        "List a person's records, newest first, each with its newest version.":
            "列出对象的记录，最新的在前，各显示最新版本。",
        "Only this kind, by name or title, such as counselling.session.":
            "只列出此类型，例如 counselling.session 或咨询会谈。",
        "Largest number of records, 1 to 100 (default: 20).": "最多显示的记录数，1 到 100（默认：20）。",
        "Go on where an earlier list ended.": "从上一次列表结束处继续。",
        "Write a new version of a record, all of its fields; the old one stays.":
            "写入记录的新版本，包括全部字段；旧版本保留（修订）。",
        "Version that you amend (default: the newest, which is read first).":
            "要修订的版本（默认：最新版本，会先读取）。",
        "Kind; needed for lines if --base is given.": "类型；给出 --base 且内容为行时必须指定。",
        "List every version of a record.": "列出记录的每个版本。",
        "List the people whose files you opened or wrote lately, the last one first.":
            "列出您近来打开或写过档案的对象，最近的在前。",
        "Your own: the only list there is; everybody else is found by name or number.":
            "您自己的：只有这一种列表；其他对象请按姓名或号码查找。",
        "Write anew who a person is, all of the fields; the old version stays.":
            "重新填写对象的身份，包括全部字段；旧版本保留（修订）。",
        "Load many people and records from JSON Lines; may be repeated safely.":
            "从 JSON Lines 批量载入对象和记录；可以放心重复执行。",
        """
        A line is {"id":"s1","kind":"registry.subject","fields":{…}} for a person, or \
        {"id":"r1","subject":"s1","kind":"medical.expense","fields":{…}} for a record; \
        subject is the id of an earlier line or an identifier of the vault, purpose may be \
        added. Wrong lines are told by their number, the others are loaded.
        """:
            """
        每行一项：对象为 {"id":"s1","kind":"registry.subject","fields":{…}}，记录为\
         {"id":"r1","subject":"s1","kind":"medical.expense","fields":{…}}；subject 是前面某行的\
         id 或保险库中的标识符，可以另加 purpose。有误的行按行号指出，其余照常载入。
        """,
        "The batch, - for standard input.": "批次文件，- 表示标准输入。",
        "Name of the batch: its lines are known by their ids alone (default: by id and content).":
            "批次的名称：各行仅凭 id 识别（默认：凭 id 和内容）。",
        "Note in this file what is loaded, to go on after days; ids and identifiers alone.":
            "在此文件中记下已载入的内容，以便数日后继续；只记 id 和标识符。",
        "Stop at the first line that fails.": "遇到第一个失败的行即停止。",
        "Check every line here and send nothing.": "在本机检查每一行，不发送任何内容。",
        "Write invented files to try the vault with, as carevault load reads them.":
            "写出虚构的档案供试用，格式可由 carevault load 读取。",
        """
        An organisation of 6000 staff, retired ones among them: subsidies, mutual aid, cover, \
        hardship cases and counselling sessions from 2020 to 2026. Nobody in it exists. The \
        same seed gives the same bytes. Needs no daemon and no login.
        """:
            """
        一个有 6000 名职工（含退休人员）的机构：2020 年至 2026 年的补助、互助、保障、困难帮扶和心理咨询。其中没有真实人物。同一种子得到相同的字节。无需守护\
        进程，无需登录。
        """,
        "Another number, other people.": "换一个数字即换一批人。",
        "Only a part of everything: 1/2 to 1/100.": "只取全部的一部分：1/2 到 1/100。",
        "Only this kind or family, with the people it is about; may be given several times.":
            "只取此类型或此类，连同所涉及的对象；可以多次给出。",
    ]
}
