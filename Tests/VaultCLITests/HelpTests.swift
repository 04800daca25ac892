import Testing
import VaultPlatform
import VaultText

@testable import VaultCLI

/// Help, and what is said of a wrong command line, in both languages.
@Suite(.serialized) struct HelpTests {
    private func run(
        _ arguments: String..., locale: String? = nil, columns: Int? = nil
    ) -> Transcript {
        let (output, errors) = (Recorder(), Recorder())
        var context = Harness.silent
        context.output = { output.add($0) }
        context.errors = { errors.add($0) }
        context.variable = { $0 == "LANG" ? locale : nil }
        context.columns = columns
        let status = ClientProgram.run(arguments, context)
        return Transcript(status: status, output: output.text, errors: errors.text, shown: "")
    }

    @Test func everyTextIsTranslated() {
        let texts = ClientHelp(commands: .carevault, context: Harness.silent).root.texts
        #expect(texts.count > 90, "the commands were not read")
        let missing = texts.filter { !HelpTexts.isTranslated($0) }
        #expect(missing.isEmpty, "no Chinese in HelpTexts for: \(missing)")
    }

    @Test func thePageOfACommandInChinese() {
        let expected = """
            概述：显示记录。

            用法：carevault record get <对象> <记录> [--version <数字>] [--purpose <目的>]
                  [--socket <路径>] [--login <名称>] [--json] [--language <语言>]

            参数：
              <对象>                  对象的标识符；subject find 会显示。
              <记录>                  记录的标识符；record list 会显示。

            选项：
              --version <数字>        版本，从 1 起（默认：最新版本）。
              --purpose <目的>        使用目的：treatment、care-management、eligibility、
                                      payment……或其 HL7 代码。
              --socket <路径>         守护进程的套接字（默认：$CAREVAULT_SOCKET，否则为
                                      /run/carevault/vault.sock）。
              --login <名称>          人员的名称；用于有多个登录的账户。
              --json                  以 JSON 回答，供程序使用。
              --language <语言>       语言：en 或 zh（默认：取自区域设置）。
              -h, --help              显示帮助。

            """
        for answer in [
            run("record", "get", "--help", "--language", "zh"),
            run("--language=zh", "record", "get", "-h"),
            run("help", "record", "get", "--language", "zh"),
            run("help", "record", "get", locale: "zh_CN.UTF-8"),
            // What stands behind a command does not matter when its help is asked for.
            run("record", "get", "X", "--help", locale: "zh_CN"),
        ] {
            #expect(answer.status == 0)
            #expect(answer.output == expected)
            #expect(answer.errors == "")
        }
        #expect(
            run("record", "get", "-h", "--language", "en", locale: "zh_CN").output.hasPrefix("O"))
    }

    @Test(arguments: [40, 60, 80, 132])
    func everyPageFitsTheTerminal(columns: Int) {
        for command in ClientHelp(commands: .carevault, context: Harness.silent).root.all {
            for language in Language.allCases {
                let page = HelpPage(command, language, columns: columns).text
                for line in page.split(separator: "\n") {
                    #expect(DisplayWidth.of(String(line)) < columns, "\(line)")
                }
            }
        }
    }

    @Test func groupsWithoutACommandShowTheirHelp() {
        for answer in [
            run("record", locale: "zh_CN.UTF-8"), run("record", "--language", "zh"),
            run("--language", "zh", "record"),
        ] {
            #expect(answer.status == 2)
            #expect(answer.errors.hasPrefix("概述：档案记录。"))
            #expect(answer.errors.hasSuffix("详细帮助请见“carevault help record <子命令>”。\n"))
        }
        #expect(run("--language", "zh").errors.hasPrefix("概述：与 carevaultd"))
    }

    @Test func wrongCommandLinesInChinese() {
        let cases: [([String], String)] = [
            (["frob"], "错误：多余的参数“frob”\n提示：请参阅：carevault --help\n"),
            (
                ["recrod", "get"],
                "错误：多余的参数“recrod”\n提示：是否想输入：carevault record\n提示：请参阅：carevault --help\n"
            ),
            (["grant"], "错误：缺少参数“<人员>”\n提示：请参阅：carevault grant --help\n"),
            (
                ["status", "--jsno"],
                "错误：未知选项“--jsno”；是否想输入“--json”？\n提示：请参阅：carevault status --help\n"
            ),
            (["status", "--socket"], "错误：“--socket <路径>”缺少值\n提示：请参阅：carevault status --help\n"),
            (["status", "--json=1"], "错误：选项“--json”不带值，却给出了“1”\n提示：请参阅：carevault status --help\n"),
            (
                ["subject", "find", "--by", "x"],
                "错误：值“x”不适用于“--by <方式>”；请给出其中之一：name、employee-number、national-id\n"
                    + "提示：请参阅：carevault subject find --help\n"
            ),
            (
                ["record", "list", "X", "--limit", "x"],
                "错误：值“x”不适用于“--limit <数字>”\n提示：请参阅：carevault record list --help\n"
            ),
            (
                ["whoami", "a", "b"],
                "错误：2 个多余的参数：“a、b”\n提示：请参阅：carevault whoami --help\n"
            ),
        ]
        for (arguments, expected) in cases {
            let (output, errors) = (Recorder(), Recorder())
            var context = Harness.silent
            context.output = { output.add($0) }
            context.errors = { errors.add($0) }
            let status = ClientProgram.run(["--language", "zh"] + arguments, context)
            #expect(status == 2)
            #expect(errors.text == expected)
            #expect(output.text == "")
        }
    }

    @Test func wrongCommandLinesForPrograms() {
        let wrong = run("subject", "fnid", "--json", locale: "zh_CN.UTF-8")
        #expect(wrong.status == 2)
        #expect(
            wrong.output == """
                {"format":1,"error":{"code":"usage","message":"unexpected argument 'fnid'",\
                "hints":["did you mean: carevault subject find","see: carevault subject --help"],\
                "exit":2}}

                """)
        #expect(wrong.errors.hasPrefix("错误：多余的参数“fnid”\n"))
        // After `--` it is no option.
        #expect(run("whoami", "--", "--json").output == "")
    }

    @Test func helpAboutNothing() {
        let answer = run("help", "record", "frob")
        #expect(answer.status == 2)
        #expect(
            answer.errors
                == "error: carevault record has no command frob\nhint: see: carevault record --help\n"
        )
        #expect(run("frob", "--help").status == 2)
    }
}
