extension HelpTexts {
    /// Standing, login and the seat of a counsellor.
    static let session: KeyValuePairs<String, String> = [
        "Show where the vault stands and what to do next. Needs no login.": "显示保险库的状态和下一步操作。无需登录。",
        "Exit with 0 for green, 1 for amber, 2 for red.": "绿色以 0 退出，黄色以 1 退出，红色以 2 退出。",
        "Show metrics in the text format of Prometheus.": "以 Prometheus 文本格式显示指标。",
        "With --prometheus: replace this file at once, for node_exporter's textfile collector.":
            "与 --prometheus 合用：整体替换此文件，供 node_exporter 的 textfile 收集器使用。",
        "Show what changes, a line each, for a pager. Needs no login.": "逐行显示变化，供值班告警使用。无需登录。",
        """
        First the present state, then each change of state and health at once. With a login \
        as operator, custodian or auditor also that people are locked out or refused, and \
        acts such as a disable: never names, never contents. A daemon that went away is said \
        once, and so is that it is back.
        """:
            """
        先显示当前状态，之后状态和健康一有变化立即显示。以操作员、档案主管或审计员身份登录时，还会显示有人被锁定或被拒绝，以及停用等操作：绝不显示姓名，绝不显示内容。守护进\
        程离开时提示一次，恢复时也提示一次。
        """,
        "Show the present state and end; exit with 6 when there is no daemon.":
            "显示当前状态后结束；没有守护进程时以 6 退出。",
        "Make your secret with the one-time code that the operator gave you.":
            "用操作员交给您的一次性代码设置自己的密钥。",
        "Office to take in the founding; only before it.": "在创立中担任的职务；仅限创立之前。",
        "Read the one-time code from a file, - for standard input.": "从文件读取一次性代码，- 表示标准输入。",
        "Write a new key file (mode 0400) instead of showing words.": "写入新的密钥文件（权限 0400），而不显示密钥词。",
        "Read the twelve words of the vault fingerprint from a file, - for standard input.":
            "从文件读取保险库指纹的十二个词，- 表示标准输入。",
        "Open your locks. The login is kept in memory and ends by itself.":
            "打开您的锁。登录保存在内存中，到时自动结束。",
        "End your login and wipe its keys.": "结束您的登录并清除其密钥。",
        "Show who is logged in, as what and until when.": "显示谁已登录、以何身份、到何时为止。",
        "Work through many files in one login: find, open, add, back.":
            "登录一次，连续处理多份档案：查找、打开、新增、返回。",
        """
        Every command of carevault works inside, and short forms: help lists them. Names may \
        be typed here. Nothing that is typed is kept in a file. The screen locks by itself \
        when nobody types.
        """:
            "carevault 的每个命令在其中都可使用，另有简短形式：输入 help 列出。这里可以输入姓名。输入的内容不会保存到文件。无人输入时屏幕自动锁定。",
        "Lock the screen when nobody types for so many minutes, 1 to 240.":
            "无人输入达到这么多分钟后锁定屏幕，1 到 240。",
    ]
}
