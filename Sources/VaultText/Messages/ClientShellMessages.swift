/// What `carevault shell` says.
package enum ClientShellMessages {
    // Lists
    package static let number = Message(everywhere: "#")
    package static let name = Message("name", chinese: "姓名")
    package static let born = Message("born", chinese: "出生")
    package static let lastFour = Message("no.", chinese: "工号")
    package static let unit = Message("unit", chinese: "单位")
    package static let status = Message("status", chinese: "状态")
    package static let author = Message("by", chinese: "作者")
    package static let you = Message("you", chinese: "您")
    package static let anonymous = Message("(anonymous)", chinese: "（匿名）")

    /// There is another page.
    package static let more = Message("there are more: more", chinese: "还有更多：更多（more）")

    /// A search by name found nobody.
    package static let nobodyOfThisName = Message(
        "nobody found; the whole name is needed, or a number: find --by employee-number",
        chinese: "未找到；需输入完整的姓名，或按号码查找：查找 --by 工号（find）")
    /// A search by employee number found nobody.
    package static let nobodyOfThisNumber = Message(
        "nobody with this employee number; the whole number is needed, or find --by national-id, --by name",
        chinese: "没有此工号的人员；需输入完整的工号，或用 --by 证件号码、--by 姓名 查找")

    /// The page before had everything.
    package static let lastPage = Message("that was the last page", chinese: "已是最后一页")

    /// The list is as long as it gets.
    package static let longestList = Message(
        "there are more, and no list is longer than 100: look by employee number or national id",
        chinese: "还有更多，但一次最多列出 100 人：请按工号或证件号码查找")

    /// Whose file it is, above a form.
    package static func about(_ person: String) -> Message {
        Message("in the file of: \(person)", chinese: "所属档案：\(person)")
    }

    /// There is no place to go back to.
    package static let nowhereBack = Message("nothing is open", chinese: "没有打开的档案")

    // The seat
    /// After the login.
    package static let howToBegin = Message(
        "find NAME finds a person, open 1 opens the first, help shows the rest",
        chinese: "查找 姓名（find）查找人员，打开 1（open）打开第一个，帮助（help）查看其余")
    /// A terminal that only knows lines.
    package static let plainTerminal = Message(
        "this terminal only knows lines: nothing is completed, and the screen does not lock by itself",
        chinese: "此终端只支持逐行输入：没有补全，屏幕也不会自动锁定")
    /// A pasted text is no command.
    package static let pasteTooLong = Message(
        "the pasted text is too long for one line and was not taken; long text goes into a field of add",
        chinese: "粘贴的文本过长，未采用；长文本请在“新增”（add）的字段中输入")
    /// ^C
    package static let interrupted = Message("interrupted", chinese: "已中断")

    /// The purpose that counts.
    package static func purpose(_ name: String?, known: String) -> Message {
        guard let name else {
            return Message(
                "no purpose is set; purpose NAME sets one of: \(known)",
                chinese: "尚未设定使用目的；目的 名称（purpose）可设定：\(known)")
        }
        return Message("purpose of use: \(name)", chinese: "使用目的：\(name)")
    }

    /// Before the question for the purpose.
    package static func whichPurpose(_ known: String) -> Message {
        Message(
            "files are opened for a purpose, which stays until you change it: \(known)",
            chinese: "查阅档案须有使用目的，设定后保持有效：\(known)")
    }
    /// Asks for the purpose.
    package static let purposeQuestion = Message("purpose of use: ", chinese: "使用目的：")

    /// Added to the error of a missing purpose.
    package static let changePurpose = Message(
        "or for everything that follows: purpose NAME", chinese: "或对后续操作一并设定：目的 名称（purpose）")
    /// Added to errors that pass.
    package static let againLater = Message(
        "the line is kept: the up key brings it back", chinese: "该行已保留：按向上键可取回")

    // The login
    /// The login is over; the secret is asked for next.
    package static func loginOver(_ reason: String) -> Message {
        switch reason {
        case "expired":
            Message(
                "your login has expired; nothing is lost: log in, and it is done",
                chinese: "您的登录已过期；内容未丢失：重新登录后即会执行")
        case "none":
            Message("you are logged out; log in, and it is done", chinese: "您已退出登录；登录后即会执行")
        case "stale":
            Message(
                "a key changed since you logged in; log in again, and it is done",
                chinese: "登录后密钥已更换；重新登录后即会执行")
        default:
            Message(
                "your login was ended, here or at the daemon; nothing is lost: log in, and it is done",
                chinese: "您的登录已被结束；内容未丢失：重新登录后即会执行")
        }
    }

    /// On the locked screen.
    package static func locked(_ name: String) -> Message {
        Message(
            "locked: the seat of \(name); type the secret to go on, or ^D to leave",
            chinese: "已锁定：\(name) 的座席；输入密钥继续，或按 ^D 离开")
    }

    /// At the locked screen, after the first ^D in the middle of a text.
    package static let leavingLosesText = Message(
        "the text that you were typing would be lost; ^D again leaves, your secret goes on",
        chinese: "离开将丢失您正在输入的内容；再按一次 ^D 离开，输入密钥则继续")
    /// After the secret.
    package static let unlocked = Message(
        "unlocked; everything is where you left it", chinese: "已解锁；一切保持原样")
    /// On leaving, after files were shown.
    package static let cleared = Message(
        "the screen and its scroll-back were cleared, because files were shown",
        chinese: "屏幕及回滚内容已清除，因为其中显示过档案")
    /// What a terminal that only knows lines cannot do.
    package static let cannotClear = Message(
        "this terminal cannot clear its screen; close its window if somebody may read it",
        chinese: "此终端无法清屏；若他人可能看到，请关闭窗口")

    // Errors
    /// Nobody sits there.
    package static let noTerminal = Diagnostic.error(
        Message("the shell is for a person at a terminal", chinese: "shell 供终端前的人员使用"),
        hints: Message(
            "run it in a terminal, over ssh with -t; scripts run the commands one by one",
            chinese: "请在终端中运行（ssh 请加 -t）；脚本请逐条执行命令"))

    /// No such command.
    package static func unknownWord(_ typed: String, nearest: String?) -> Diagnostic {
        let message = Message(
            "there is no command \(typed)", chinese: "没有命令 \(typed)")
        guard let nearest else {
            return .error(
                message, hints: Message("help shows all", chinese: "帮助（help）可查看全部命令"))
        }
        return .error(
            message,
            hints: Message(
                "did you mean \(nearest)? help shows all",
                chinese: "您是否指 \(nearest)？帮助（help）可查看全部命令"))
    }

    /// A quote without its other half.
    package static let openQuote = Diagnostic.error(
        Message("a quote is not closed, or the line ends in \\", chinese: "引号未闭合，或行末为 \\"),
        hints: Message("close it, or put \\ before it", chinese: "请补全引号，或在其前加 \\"))

    /// Which one?
    package static func needsNumber(_ word: String) -> Diagnostic {
        .error(
            Message("\(word) needs a number", chinese: "\(word) 需要一个编号"),
            hints: Message(
                "type one that the newest list shows, such as: \(word) 1",
                chinese: "请输入最近列表中的编号，例如：\(word) 1"))
    }

    /// Not on the list.
    package static func noSuchNumber(_ typed: String, last: Int) -> Diagnostic {
        .error(
            Message("the newest list has no number \(typed)", chinese: "最近的列表中没有编号 \(typed)"),
            hints: Message("it goes from 1 to \(last)", chinese: "编号为 1 到 \(last)"))
    }

    /// A number where a person is named, while records are numbered.
    package static func numberOfNobody(_ typed: String) -> Diagnostic {
        .error(
            Message(
                "\(typed) names no person: the numbers on the screen are records of the open person",
                chinese: "\(typed) 不指人员：屏幕上的编号是当前人员的记录"),
            hints: Message(
                "list, show and amend are about the open person; back shows the people again",
                chinese: "列表（list）、查看（show）、修改（amend）针对当前人员；返回（back）重新列出人员"))
    }

    /// Nobody's file is open.
    package static func nobodyOpen(_ word: String) -> Diagnostic {
        .error(
            Message(
                "\(word) is about a person, and nobody is open", chinese: "\(word) 针对某人，而尚未打开任何人的档案"
            ),
            hints: Message(
                "find NAME, then open 1", chinese: "请先查找 姓名（find），再打开 1（open）"))
    }

    /// No record was shown.
    package static func noRecord(_ word: String) -> Diagnostic {
        .error(
            Message("\(word) is about a record", chinese: "\(word) 针对某条记录"),
            hints: Message(
                "say which one of the list: \(word) 1", chinese: "请指明列表中的编号：\(word) 1"))
    }

    /// No list yet.
    package static let nothingListed = Diagnostic.error(
        Message("there is no list to take a number from", chinese: "还没有可供选择的列表"),
        hints: Message("find NAME makes one", chinese: "查找 姓名（find）可生成列表"))

    /// One word too many.
    package static func tooManyWords(_ word: String) -> Diagnostic {
        .error(
            Message("\(word) takes less than that", chinese: "\(word) 后的内容过多"),
            hints: Message("look at: help", chinese: "请查看：帮助（help）"))
    }

    /// Which kind?
    package static func needsKind(_ names: [String]) -> Diagnostic {
        let known = CommonMessages.list(names.map(TitleMessages.kind))
        return .error(
            Message("add needs the kind of the record", chinese: "新增（add）需要记录类型"),
            hints: Message("add and one of: \(known)", chinese: "新增（add）并指定其一：\(known)"))
    }

    /// Socket and login belong to the seat.
    package static func otherSeat(_ option: String) -> Diagnostic {
        .error(
            Message(
                "\(option) names another seat than this shell's", chinese: "\(option) 指向另一个座席"),
            hints: Message(
                "leave the shell, or use another window", chinese: "请离开本 shell，或使用另一个窗口"))
    }

    /// A shell within the shell.
    package static let nested = Diagnostic.error(
        Message("you are in the shell already", chinese: "您已在 shell 中"),
        hints: Message("quit leaves it", chinese: "退出（quit）可离开"))

    // Help
    package static let helpFind = Message(
        "find people by full name or number", chinese: "按全名或号码查找人员")
    package static let helpOpen = Message(
        "open that person, or show that record", chinese: "打开该人员，或查看该记录")
    package static let helpBack = Message("one step out", chinese: "返回上一步")
    package static let helpList = Message(
        "list the open person's records anew", chinese: "重新列出当前人员的记录")
    package static let helpMore = Message("the next page of the list", chinese: "列表的下一页")
    package static let helpShow = Message(
        "show a record, or who the person is", chinese: "查看记录或人员信息")
    package static let helpHistory = Message(
        "every version of a record; show 1 --version 1 reads an old one",
        chinese: "记录的所有版本；查看 1 --version 1 可读旧版本")
    package static let helpAdd = Message(
        "add a record; with nobody open, a person", chinese: "新增记录；未打开人员时新增人员")
    package static let helpAmend = Message("write a new version of it", chinese: "写入新版本")
    package static let helpMine = Message(
        "the people whose files you used lately", chinese: "您最近使用过的档案")
    package static let helpPurpose = Message(
        "show or change the purpose of use", chinese: "查看或更改使用目的")
    package static let helpClear = Message(
        "clear the screen and what scrolled off", chinese: "清除屏幕及回滚内容")
    package static let helpLock = Message(
        "hide everything until your secret is typed", chinese: "隐藏全部内容，直到输入密钥")
    package static let helpHelp = Message("this, or about a command", chinese: "本页，或某命令的说明")
    package static let helpQuit = Message("leave the shell, as ^D does", chinese: "离开（同 ^D）")

    /// All commands work.
    package static func everyCommand(_ names: String) -> Message {
        Message(
            "the commands of carevault work too: \(names); numbers may stand for identifiers, and --purpose NAME for one command",
            chinese: "carevault 的命令也可使用：\(names)；编号可代替标识符，--purpose 名称 只对一条命令有效")
    }
}
