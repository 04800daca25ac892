extension HelpTexts {
    /// The storage lock and its keys.
    static let operators: KeyValuePairs<String, String> = [
        "Open the storage lock with the secret of a slot.": "用密钥槽的密钥打开存储锁（解封）。",
        "Close the storage lock; ends every login. Operator.": "关闭存储锁（封存）；结束所有登录。操作员使用。",
        "Unseal slots, storage epochs and their rotation. Operator.": "解封用的密钥槽、存储纪元及其轮换。操作员使用。",
        "Show slots, who may unseal, epochs and the rotation under way.":
            "显示密钥槽、可解封的账户、纪元和正在进行的轮换。",
        "Replace keys, online.": "在线更换密钥（轮换）。",
        "Replace the storage key. Without a step: all of them, with progress.":
            "更换存储密钥。不给出步骤时执行全部步骤并显示进度。",
        "One step only.": "只执行一个步骤。",
        "Count the work and change nothing.": "只统计工作量，不做更改。",
    ]
}
