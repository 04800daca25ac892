"""Forms at a terminal: field by field, corrected, interrupted, amended by two at once, in an editor."""

import fcntl
import os
import re
import signal
import struct
import termios
import time
import unicodedata
import unittest

import harness
from terminal_test import Terminal


class FormTests(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.office = harness.Office()
        cls.addClassCleanup(cls.office.close)
        cls.office.found()

    def open(self, *argv):
        terminal = Terminal(self.office, "carevault", *argv, "--login", "nina")
        self.addCleanup(terminal.close)
        return terminal

    def answer(self, terminal, *pairs):
        for question, text in pairs:
            terminal.expect(question)
            terminal.type(text)

    def body(self, subject, record):
        return self.office.client(
            "record", "get", subject, record, "--json", login="nina").json["document"]

    def test_a_session_is_asked_for_field_by_field(self):
        subject = self.office.add_subject("names.full: 王芳\n")
        terminal = self.open("record", "add", subject, "counselling.session")
        terminal.expect(r"\* is needed; return skips")
        self.answer(
            terminal,
            (r"day \*: ", ""), (r"this is needed", "2026-02-30"),
            (r"day: is no date of the calendar", "2026年3月4日"),
            (r"1 phone  2 online  3 in person", "in"),
            (r"1 none  2 low  3 moderate  4 high  5 acute", "?"),
            (r"judged risk of harm\r\n.*number from 1 to 5", "<"),
            (r"way \* \[in person\]: ", "1"), (r"risk of harm \*: ", "低"),
            (r"none of the options", "2"),
            (r"began at: ", "25:00"), (r"began at: has the wrong form", "09:30"),
            (r"minutes: ", ""), (r"4 missed", ""), (r"number: ", ""),
            (r"16 other", "1 family, gri"), (r"concern, several lines.*\r\n", "."))
        terminal.expect(r"summary, several lines")
        os.write(terminal.master, b"\x1b[200~first line\r.\rthird line\x1b[201~\r.\r")
        self.answer(terminal, (r"plan, several lines.*\r\n", "!"))
        terminal.expect(r"1 day: +2026-03-04")
        terminal.expect(r"topics: +work, family, grief")
        terminal.expect(r"summary: +first line\r\n +\.\r\n +third line")
        terminal.expect(r"not given: ")
        self.answer(terminal, (r"s sends.*: ", "3"), (r"risk of harm \* \[low\]: ", "high"),
                    (r"s sends.*: ", "s"))
        record = terminal.expect(r"added record (\w{27})")[1]
        self.assertEqual(terminal.end(), 0)
        body = self.body(subject, record)["body"]
        self.assertEqual(
            (body["held_on"], body["channel"], body["risk"], body["topics"], body["summary"]),
            ("2026-03-04", "phone", "high", ["work", "family", "grief"],
             "first line\n.\nthird line"))

    def test_a_person_in_chinese(self):
        terminal = self.open("subject", "add", "--language", "zh")
        self.answer(
            terminal, (r"\n姓名 1·全名：", ""), (r"未留姓名（是或否） \*：", "否"),
            (r"\n姓名 1·全名：", "赵敏"), (r"4 拼音名", ""),
            (r"再添加一项？", "n"), (r"工号：", ""), (r"证件号码：", ""), (r"出生日期：", "1980/2/3"),
            (r"1 女", "女"), (r"单位：", ""), (r"1 在职", ""), (r"联系方式：要填写吗？", "y"),
            (r"联系方式·电话：", "138"), (r"备用电话：", "<"), (r"电话 \[138\]：", "-"),
            (r"备用电话：", "!"))
        terminal.expect(r"1 姓名： +赵敏")
        terminal.expect(r"出生日期： +1980-02-03")
        self.answer(terminal, (r"s 发送.*：", "d"), (r"放弃已输入的全部内容吗？", "yes"))
        terminal.expect("未发送任何内容")
        self.assertEqual(terminal.end(), 1)

    def test_interrupted_forms_send_nothing(self):
        subject = self.office.add_subject("names.full: 断开\n")
        for end in (b"\x03", b"\x04"):
            terminal = self.open("record", "add", subject, "counselling.session")
            terminal.expect(r"day \*: ")
            # A person is slower than the program, which sets the terminal up after the question.
            time.sleep(0.5)
            os.write(terminal.master, end)
            terminal.expect("nothing was sent")
            self.assertEqual(terminal.end(), 1)
        terminal = self.open("record", "add", subject, "counselling.session", "--lines")
        terminal.expect(r"one `field: value` a line")
        terminal.type("held_on: 2026-01-01")
        os.kill(terminal.process.pid, signal.SIGHUP)
        self.assertNotEqual(terminal.end(), 0)
        listed = self.office.client("record", "list", subject, "--json", login="nina").json
        self.assertEqual([entry["kind"] for entry in listed["records"]], ["registry.subject"])

    def begin_note(self, name):
        """A session, answered up to its concern; gives the subject and the terminal."""
        subject = self.office.add_subject(f"names.full: {name}\n")
        terminal = self.open("record", "add", subject, "counselling.session")
        self.answer(
            terminal, (r"day \*: ", "2026-03-04"), (r"way \*: ", "phone"),
            (r"risk of harm \*: ", "low"), (r"began at: ", ""), (r"minutes: ", ""),
            (r"attendance: ", ""), (r"number: ", ""), (r"topics: ", ""))
        terminal.expect(r"concern, several lines.*\r\n")
        return subject, terminal

    def press(self, terminal, keys):
        """Presses keys as a person does, who waits until the program listens."""
        time.sleep(0.3)
        os.write(terminal.master, keys)

    def test_an_interruption_loses_no_note(self):
        subject, terminal = self.begin_note("中断")
        terminal.type("first line")
        self.press(terminal, b"half a li\x03")
        terminal.expect(r"\^C\r\n(?:\x1b\S*|\r)*the line is cleared; \^C again gives the form up\r\n")
        self.press(terminal, b"\x03")
        # In a line of its own, and not answered by another ^C or ^D.
        terminal.expect(r"\^C\r\ndrop everything you typed\? \[yes/no\] ")
        self.press(terminal, b"\x03")
        terminal.expect(r"drop everything you typed\? \[yes/no\] ")
        self.press(terminal, b"\x04")
        terminal.expect(r"drop everything you typed\? \[yes/no\] ")
        terminal.type("no")
        # The text so far is there, and goes on.
        terminal.expect("first line")
        self.press(terminal, b"second line\r.\r")
        self.answer(terminal, (r"summary, several lines.*\r\n", "!"))
        terminal.expect(r"concern: +first line\r\n +second line")
        terminal.expect(r"s sends.*: ")
        self.press(terminal, b"\x04")
        terminal.expect(r"drop everything you typed\? \[yes/no\] ")
        terminal.type("no")
        terminal.expect(r"s sends.*: ")
        terminal.type("s")
        record = terminal.expect(r"added record (\w{27})")[1]
        self.assertEqual(self.body(subject, record)["body"]["concern"], "first line\nsecond line")

    def test_a_form_is_given_up_with_a_word(self):
        _, terminal = self.begin_note("放弃")
        self.press(terminal, b"\x03")
        terminal.expect(r"drop everything you typed\? \[yes/no\] ")
        terminal.type("yes")
        terminal.expect("nothing was sent")
        self.assertEqual(terminal.end(), 1)

    def test_the_lines_of_a_text_are_edited(self):
        subject, terminal = self.begin_note("行内")
        self.press(terminal, b"abcd\x1b[D\x1b[DX\x1b[H<\x1b[F>\r.\r")
        # What stands alone in the first line is a key, and text further down.
        self.answer(terminal, (r"summary, several lines.*\r\n", "?"))
        terminal.expect(r"\r\n.*1 to 20000 characters")
        self.answer(terminal, (r"summary, several lines.*\r\n", "a\r!\r?\r\rb\r."),
                    (r"plan, several lines.*\r\n", ""), (r"next session: ", "<"),
                    (r"plan, several lines.*\r\n", "!"), (r"s sends.*: ", "s"))
        record = terminal.expect(r"added record (\w{27})")[1]
        body = self.body(subject, record)["body"]
        self.assertEqual((body["concern"], body["summary"]), ("<abXcd>", "a\n!\n?\n\nb"))
        self.assertNotIn("plan", body)

    def test_two_amend_one_record(self):
        subject = self.office.add_subject("names.full: 两人\n")
        record = self.office.add_record(subject)
        terminal = self.open("record", "amend", subject, record)
        self.answer(
            terminal, (r"counselling session, version 1\r\n\r\n1 day: +2026-03-04", ""),
            (r"s sends.*: ", "2"), (r"way \* \[phone\]: ", "2"),
            (r"s sends.*: ", "3"), (r"risk of harm \* \[low\]: ", "high"))
        terminal.expect(r"s sends")
        self.office.client(
            "record", "amend", subject, record, "--from", "-", login="nina",
            stdin="held_on: 2026-03-05\nchannel: phone\nrisk: acute\nsummary: calm\n")
        terminal.type("s")
        terminal.expect(r"version 2 was written meanwhile by nina \(\d{4}-.*Z\); you amended version 1")
        terminal.expect(r"risk of harm, before: +low\r\n")
        terminal.expect(r"risk of harm, yours: +high\r\n")
        terminal.expect(r"risk of harm, meanwhile: +acute\r\n")
        terminal.expect(r"both changed risk of harm: 1 takes yours, 2 takes that of nina: ")
        terminal.type("1")
        terminal.expect("your changes now stand on version 2")
        terminal.expect(r"1 day: +2026-03-05")
        self.answer(terminal, (r"s sends.*: ", "s"))
        terminal.expect("now has version 3")
        self.assertEqual(terminal.end(), 0)
        body = self.body(subject, record)["body"]
        self.assertEqual(
            (body["held_on"], body["channel"], body["risk"], body["summary"]),
            ("2026-03-05", "online", "high", "calm"))
        # Without a terminal both sides are told, and nothing is written.
        result = self.office.client(
            "record", "amend", subject, record, "--base", "2", "--kind", "counselling.session",
            "--from", "-", login="nina", check=False,
            stdin="held_on: 2026-03-05\nchannel: phone\nrisk: none\n")
        self.assertEqual(result.code, 1)
        self.assertRegex(result.err, r"version 3 was written meanwhile by nina \(.*\); you amended version 2")
        self.assertIn("amend again with --base 3", result.err)
        self.assertRegex(result.err, r"risk of harm, yours: +none")

    def test_an_amendment_that_changes_nothing_is_not_sent(self):
        subject = self.office.add_subject("names.full: 不变\n")
        terminal = self.open("subject", "amend", subject)
        self.answer(terminal, (r"s sends.*: ", "s"))
        terminal.expect("nothing was changed, nothing was sent")
        self.assertEqual(terminal.end(), 1)
        terminal = self.open("subject", "amend", subject)
        self.answer(
            terminal, (r"s sends.*: ", "a"), (r"names, 1 there: return keeps", "+"),
            (r"name 2, full name \*: ", "Bu Bian"), (r"4 romanised", "4"),
            (r"names, 2 there", ""), (r"employee number: ", "E-77"), (r"national id: ", "!"),
            (r"s sends.*: ", "s"))
        terminal.expect("now has version 2")
        self.assertEqual(terminal.end(), 0)
        shown = self.office.client("subject", "show", subject, "--json", login="nina").json
        fields = shown["document"]["fields"]
        self.assertEqual(
            fields["names"], [{"full": "不变"}, {"full": "Bu Bian", "kind": "romanised"}])
        self.assertEqual(fields["employee_number"], "E-77")

    def test_a_restarted_daemon_loses_nothing(self):
        subject = self.office.add_subject("names.full: 重启\n")
        terminal = self.open("record", "add", subject, "counselling.session")
        self.answer(terminal, (r"day \*: ", "2026-03-04"), (r"way \*: ", "phone"),
                    (r"risk of harm \*: ", "low"), (r"began at: ", "!"), (r"s sends.*: ", ""))
        self.office.kill()
        self.office.start()
        terminal.type("s")
        terminal.expect(r"send it again\?")
        self.office.unseal()
        self.office.login("nina", "treatment")
        terminal.type("yes")
        terminal.expect(r"added record \w{27}")
        self.assertEqual(terminal.end(), 0)

    def test_no_question_loses_its_beginning(self):
        subject = self.office.add_subject("names.full: 窄屏\n")
        for columns, language, menu in (
                (80, "en", "s sends, a number"), (40, "en", "s sends, a number"),
                (40, "zh", "s 发送，编号修改该项")):
            terminal = self.open("subject", "amend", subject, "--language", language)
            fcntl.ioctl(terminal.slave, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
            terminal.expect(r"[:：](?: |\r|\n|> |\x1b\S*)*\x1b\[K\r\x1b\[\d+C$")
            # What stands in the last row drawn is either the whole question, or a short one below it.
            drawn = terminal.text[terminal.text.rindex(menu):]
            if columns == 40:
                self.assertRegex(drawn, r"[:：] ?\r?\n.*\r> \x1b\[K\r\x1b\[2C$")
            else:
                self.assertRegex(drawn, r"^[^\n]*: \x1b\[K\r\x1b\[\d+C$")
            terminal.type("1")
            terminal.expect(r"1  窄屏")
            terminal.expect(r"\x1b\[K\r\x1b\[\d+C$")
            self.assertIn({"en": "names, 1 there: ", "zh": "姓名，已有 1 项："}[language], terminal.text)
            terminal.type("")
            terminal.expect(menu)
            terminal.expect(r"\x1b\[K\r\x1b\[\d+C$")
            terminal.type("d")
            self.assertEqual(terminal.end(), 1)

    def test_a_daemon_that_hangs_stores_once(self):
        subject = self.office.add_subject("names.full: 挂起\n")
        for answers, count, code in ((("no",), 1, 6), (("yes",), 2, 0)):
            terminal = self.open("record", "add", subject, "counselling.session")
            self.answer(terminal, (r"day \*: ", "2026-03-04"), (r"way \*: ", "phone"),
                        (r"risk of harm \*: ", "low"), (r"began at: ", "!"))
            terminal.expect(r"s sends.*: ")
            daemon = self.office.daemon.pid
            os.kill(daemon, signal.SIGSTOP)
            terminal.type("s")
            time.sleep(0.7)
            os.write(terminal.master, b"\x03")
            terminal.expect("it is not certain whether it was stored")
            terminal.expect(r"look with list")
            terminal.expect(r"send it again\? \[yes/no\]")
            # Neither ^D nor ^C is a clear no.
            self.press(terminal, b"\x04")
            terminal.expect(r"send it again\? \[yes/no\]")
            os.kill(daemon, signal.SIGCONT)
            for answer in answers:
                terminal.type(answer)
            self.assertEqual(terminal.end(), code, terminal.text)
            self.assertNotIn("connection", terminal.text)
            listed = self.office.client("record", "list", subject, "--json", login="nina").json
            kinds = [entry["kind"] for entry in listed["records"]]
            self.assertEqual(kinds.count("counselling.session"), count)

    def test_a_lapsed_login_loses_nothing(self):
        subject = self.office.add_subject("names.full: 失效\n")
        terminal = self.open("record", "add", subject, "counselling.session")
        self.answer(terminal, (r"day \*: ", "2026-03-04"), (r"way \*: ", "phone"),
                    (r"risk of harm \*: ", "low"), (r"began at: ", "!"))
        terminal.expect(r"s sends.*: ")
        self.office.client("logout", login="nina")
        terminal.type("s")
        terminal.expect("your login ended meanwhile")
        terminal.expect("your secret")
        for key in (b"\x04", b"\x04", b"\x03", b"\x04"):
            self.press(terminal, key)
            terminal.expect(r"send it again\? \[yes/no\]")
        self.office.login("nina", "treatment")
        terminal.type("yes")
        terminal.expect(r"added record \w{27}")
        self.assertEqual(terminal.end(), 0)

    def editor(self, script):
        self.office.write("editor", f"#!/bin/sh\n{script}\n", mode=0o700)
        return str(self.office.path("editor"))

    def edit(self, script, *argv):
        terminal = Terminal(
            self.office, "carevault", *argv, "--edit", "--login", "nina",
            env={"EDITOR": self.editor(script)})
        self.addCleanup(terminal.close)
        return terminal

    def test_an_editor(self):
        subject = self.office.add_subject("names.full: 编辑\n")
        record = self.office.add_record(
            subject, fields="held_on: 2026-03-04\nchannel: phone\nrisk: low\nsummary: one\n\n  two\n")
        seen = self.office.path("seen")
        terminal = self.edit(
            f'stat -c "%a %n" "$1" > {seen}; stat -f -c %T "$1" >> {seen}; echo $HOME >> {seen}; '
            f'cat "$1" >> {seen}; sed -i "s/^risk: .*/risk: odd/" "$1"; '
            f'if grep -q "^#!" "$1"; then sed -i "s/^risk: .*/risk: high/" "$1"; fi; '
            f'touch "$HOME/.swp"',
            "record", "amend", subject, record)
        terminal.expect("risk: is none of the options")
        terminal.expect(r"edit again\?")
        terminal.type("yes")
        terminal.expect("now has version 2")
        self.assertEqual(terminal.end(), 0)
        body = self.body(subject, record)["body"]
        self.assertEqual((body["risk"], body["summary"]), ("high", "one\n\ntwo"))
        told = self.office.read("seen")
        mode, path = told.split("\n")[0].split(" ")
        self.assertEqual(mode, "600")
        self.assertEqual(told.split("\n")[1], "tmpfs")
        self.assertEqual(told.split("\n")[2], os.path.dirname(path))
        self.assertIn("# risk of harm *: judged risk of harm", told)
        self.assertIn("#! the record is not as it must be", told)
        self.assertFalse(os.path.exists(os.path.dirname(path)))

    def left(self):
        """What editors have left behind."""
        return [path for path in self.office.runtime.rglob("edit-*")]

    def test_an_editor_leaves_nothing_behind(self):
        subject = self.office.add_subject("names.full: 残留\n")
        record = self.office.add_record(subject)
        odd = 'sed -i "s/^risk: .*/risk: odd/" "$1"'
        for number in (signal.SIGHUP, signal.SIGTERM, None):
            terminal = self.edit(odd, "record", "amend", subject, record)
            terminal.expect(r"edit again\?")
            self.assertEqual(len(self.left()), 1)
            time.sleep(0.3)
            if number:
                os.kill(terminal.process.pid, number)
            else:
                os.write(terminal.master, b"\x03")
            self.assertNotEqual(terminal.end(), 0)
            self.assertEqual(self.left(), [], number)
        # While the editor is open.
        terminal = self.edit('echo open > /dev/tty; exec sleep 60', "record", "amend", subject, record)
        terminal.expect("open")
        os.kill(terminal.process.pid, signal.SIGHUP)
        self.assertNotEqual(terminal.end(), 0)
        self.assertEqual(self.left(), [])
        # What cannot be caught is removed the next time; what is in use stays.
        terminal = self.edit(odd, "record", "amend", subject, record)
        terminal.expect(r"edit again\?")
        os.kill(terminal.process.pid, signal.SIGKILL)
        terminal.end()
        self.assertEqual(len(self.left()), 1)
        other = self.edit(odd, "record", "amend", subject, record)
        other.expect(r"edit again\?")
        self.assertEqual(len(self.left()), 1)
        self.office.login("nina", "treatment")
        self.assertEqual(len(self.left()), 1)
        self.press(other, b"\x03")
        self.assertNotEqual(other.end(), 0)
        self.assertEqual(self.left(), [])

    def test_an_editor_that_changes_nothing_or_fails(self):
        subject = self.office.add_subject("names.full: 原样\n")
        terminal = self.edit("true", "subject", "amend", subject)
        terminal.expect("nothing was changed, nothing was sent")
        self.assertEqual(terminal.end(), 1)
        terminal = self.edit("exit 3", "subject", "amend", subject)
        terminal.expect("ended with status 3; nothing was sent")
        self.assertEqual(terminal.end(), 1)

    def test_printed_for_people(self):
        self.office.login("carl", "eligibility")
        subject = self.office.add_subject(
            "names.full: 打印\nunit: a\u202eb\ncontacts.phone: 123\n")
        case = ("opened_on: 2026-01-01\nstatus: draft\nhousehold.relation: self\n"
                "household.income: 1200.50 CNY\nhousehold.relation: spouse\n"
                "circumstances: " + "困难很多，" * 40 + "\n")
        record = self.office.add_record(subject, "hardship.case", case, by="carl")
        out = self.office.client(
            "record", "get", subject, record, "--purpose", "eligibility", login="carl").out
        self.assertRegex(out, r"opened on: +2026-01-01\n")
        self.assertRegex(out, r"household:\n  relation +income a month\n  self +1200.50 CNY\n  spouse +-\n")
        shown = self.office.client("subject", "show", subject, "--language", "zh", login="nina").out
        self.assertIn("单位：", shown)
        self.assertIn("a\\u{202E}b", shown)
        # At a terminal of 40 columns nothing is wider.
        terminal = Terminal(self.office, "carevault", "shell", "--login", "carl")
        self.addCleanup(terminal.close)
        fcntl.ioctl(terminal.slave, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 40, 0, 0))
        terminal.expect("> ")
        start = terminal.seen
        terminal.type(f"record get {subject} {record} --purpose eligibility")
        terminal.expect("opened on")
        terminal.expect("circumstances")
        terminal.expect("household:")
        time.sleep(0.5)
        terminal._read(0.5)
        shown = terminal.text[start:]
        shown = shown[shown.index("status"):shown.rindex("\n")]
        for line in re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", shown).split("\r\n"):
            wide = sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in line)
            if "困" in line or "household" in line or "relation" in line:
                self.assertLessEqual(wide, 40, line)


if __name__ == "__main__":
    unittest.main()
