extension HelpTexts {
    /// The program carevaultd.
    static let daemon: KeyValuePairs<String, String> = [
        "Keeps the files of people in trouble encrypted and proves who opened them.":
            "以加密方式保管困难人员的档案，并证明谁打开过它们。",
        """
        Exit codes: 0 done, 1 refused or failed, 2 wrong usage. Clients talk to it with \
        carevault.
        """:
            "退出码：0 完成，1 被拒绝或失败，2 用法错误。客户端用 carevault 与它通信。",
        "Make a new vault in an empty directory.": "在空目录中创建新的保险库。",
        """
        At a terminal it asks for what is not said here. Makes two secrets: the seal secret, which opens the storage lock, and the first \
        operator's own. In a terminal each is shown once as eight words and typed back. With \
        the key file options it is written to a new file of mode 0400 instead.
        """:
            "在终端中会询问此处未给出的内容。生成两个密钥：打开存储锁的解封密钥，和首位操作员自己的密钥。在终端中各以八个词显示一次，并须重新输入。使用密钥文件选项时，则改为写入权限 0400 的新文件。",
        "The vault's directory; made, or empty.": "保险库的目录；会自动创建，或须为空。",
        "Name of the first operator.": "首位操作员的名称。",
        "Account of the first operator, by name or number (default: the one that runs this).":
            "首位操作员的账户，名称或编号均可（默认：运行此命令的账户）。",
        "Account that may unseal, by name or number, once for each (default: the operator's).":
            "可以解封的账户，名称或编号均可，每个账户给出一次（默认：操作员的账户）。",
        "Let several principals share one account; for demonstrations only.": "允许多名人员共用一个账户；仅用于演示。",
        "Write the seal secret to this new file.": "将解封密钥写入此新文件。",
        "Write the operator's secret to this new file.": "将操作员的密钥写入此新文件。",
        "Serve the vault in a directory until SIGTERM or SIGINT.":
            "为目录中的保险库提供服务，直到收到 SIGTERM 或 SIGINT。",
        """
        Starts sealed; an operator opens it with carevault unseal. Under systemd, with a \
        socket unit, the socket that it hands over is served instead of --socket. What is not \
        said here is read from the settings file; carevaultd settings explains it.
        """:
            """
        启动时处于封存状态；由操作员用 carevault unseal 打开（解封）。在 systemd 下使用 socket 单元时，使用其移交的套接字，而不用\
         --socket。此处未给出的内容从设置文件读取；carevaultd settings 有说明。
        """,
        "The vault's directory, mode 0700 (default: /var/lib/carevault).":
            "保险库的目录，权限 0700（默认：/var/lib/carevault）。",
        """
        Where clients connect, in a directory that others cannot enter (default: \
        /run/carevault/vault.sock).
        """:
            "客户端连接的位置，须在他人无法进入的目录中（默认：/run/carevault/vault.sock）。",
        "Group whose members may connect (default: the daemon's own).": "其成员可以连接的用户组（默认：守护进程自己的组）。",
        "The settings file (default: /etc/carevault/carevaultd.json, where it is there).":
            "设置文件（默认：/etc/carevault/carevaultd.json，若存在）。",
        """
        Account that gets the files, as root (default: the owner of the directory, at the usual \
        place carevault).
        """:
            "以 root 运行时，文件归其所有的账户（默认：目录的所有者；在惯用位置为 carevault）。",
        "Check the settings file and explain every setting.": "检查设置文件并说明每个设置项。",
        """
        Prints each setting with its value, where the value comes from, and what it is for. When \
        the file would keep the daemon from starting, it explains the settings with what is built \
        in, and fails.
        """:
            "打印每个设置项的值、来源和用途。若该文件会使守护进程无法启动，则以内置值说明各设置项，并以失败结束。",
        "Print a settings file with these values and every explanation.":
            "打印一份含这些值和全部说明的设置文件。",
        "Explain what is missing on this machine.": "说明本机缺少什么。",
        """
        Looks at libraries, settings, accounts, directories, memory, socket and clock, and says \
        what to do. Changes nothing and opens no vault. Ends with 0 when all is well, 1 when \
        there is something to look at, 2 when the daemon would not start or not be safe.
        """:
            "检查程序库、设置、账户、目录、内存、套接字和时钟，并说明如何处理。不更改任何内容，也不打开保险库。一切正常时退出码为 0，有需注意之处为 1，守护进程无法启动或不安全时为 2。",
    ]
}
