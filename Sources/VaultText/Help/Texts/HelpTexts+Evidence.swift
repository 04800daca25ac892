extension HelpTexts {
    /// The audit trail and what proves it.
    static let evidence: KeyValuePairs<String, String> = [
        "Check an export of the audit trail. Needs no daemon and trusts nothing.":
            "核验审计日志的导出文件。无需守护进程，不信任任何一方。",
        """
        Exit codes: 0 valid and the same log as the pin's, 10 invalid, 11 incomplete, 12 \
        valid but without a pin from outside that it could be compared with.
        """:
            "退出码：0 有效且与留证属于同一日志，10 无效，11 不完整，12 有效但没有可供比对的外部留证。",
        "File that audit export wrote.": "audit export 写出的文件。",
        "Checkpoint of the log that was kept elsewhere, as audit checkpoint wrote it.":
            "保存在别处的日志检查点，由 audit checkpoint 写出。",
        "The audit trail. Looking at it is itself logged. Auditor.": "审计日志。查看本身也会被记录。审计员使用。",
        "Show the newest entries, or why a request was refused.": "显示最新的条目，或某次请求被拒的原因。",
        "Only the entries of the request whose refusal named this reference.":
            "仅显示拒绝信息中带有此参考码的那次请求的条目。",
        "Number of entries, 1 to 1000.": "条目数，1 到 1000。",
        "Export the log to a file that anybody can verify with the public key.":
            "将日志导出到文件，任何人都可用公钥核验。",
        "New file (mode 0600).": "新文件（权限 0600）。",
        "First entry (default: 0).": "第一个条目（默认：0）。",
        "Entry after the last (default: the end).": "最后一个条目的下一个（默认：末尾）。",
        "Begin after the entries of this checkpoint.": "从此检查点所含条目之后开始。",
        "Write the signed head of the log to a file, to be kept elsewhere as a pin.":
            "将签名的日志头（检查点）写入文件，保存在别处作为留证。",
        "Have the daemon check the log as it stands.": "让守护进程核验当前的日志。",
    ]
}
