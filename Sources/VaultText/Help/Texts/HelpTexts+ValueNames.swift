extension HelpTexts {
    /// What stands for a value: `<file>`.
    static let valueNames: KeyValuePairs<String, String> = [
        "file": "文件",
        "path": "路径",
        "name": "名称",
        "tag": "语言",
        "office": "职务",
        "purpose": "目的",
        "number": "数字",
        "minutes": "分钟",
        "by": "方式",
        "subject": "对象",
        "kind": "类型",
        "record": "记录",
        "text": "文本",
        "user": "用户",
        "principal": "人员",
        "step": "步骤",
        "role": "角色",
        "compartment": "分区",
        "date": "日期",
        "directory": "目录",
        "uid": "uid",
        "subcommands": "子命令",
        "unit": "单位",
        "part": "份额",
    ]
}
