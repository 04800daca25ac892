#!/usr/bin/env python3
"""Invents people and what they bring to a counsellor, the same for the same seed. None of them exists.

people.py SEED COUNT DIRECTORY   writes NNN.subject.json and NNN.session.json for each of COUNT people
"""

import json
import os
import random
import sys

FAMILY = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕"
DOUBLE_FAMILY = ["欧阳", "司马", "上官", "诸葛", "东方", "皇甫", "尉迟", "慕容"]
GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超兰霞平刚桂英华玉红鑫雪婷浩宇梓涵雨欣怡晨轩博文思远佳琪"
LATIN_FAMILY = ["Ásgeirsdóttir", "Brückner", "Castellanos", "Dąbrowska", "Eriksson", "Fontaine", "Gallagher",
                "Hernández", "Ivanova", "Jørgensen", "Kowalczyk", "Lindqvist", "Müller", "Novák", "Okonkwo", "Papadaki"]
LATIN_GIVEN = ["Amélie", "Bartosz", "Carmen", "Dmitri", "Élodie", "Fatima", "Grzegorz", "Håkon", "Inés", "Jürgen",
               "Katarzyna", "Lucía", "Mårten", "Nadia", "Óscar", "Petra"]
UNITS = ["一车间", "二车间", "物流部", "质检科", "Canteen", "Foundry", "Tram depot 3", "Accounts"]
TROUBLES = [
    "cannot sleep since the accident at the press and keeps hearing the alarm",
    "father's operation has eaten the savings; afraid of the bailiff",
    "夜班后失眠两个月，担心被调岗，不敢告诉家人",
    "妻子病重，孩子明年高考，房贷已拖欠三期",
    "argues with the foreman daily and has begun to drink before the shift",
    "独自照顾患病的母亲，感到绝望，但没有自伤的念头",
]
# The one whom everybody in the walk-through looks for.
FIRST = "欧阳静怡"


def person(seed, number):
    """The registry fields and the session of one person."""
    dice = random.Random(f"{seed}/{number}")
    if number == 0:
        names = [{"full": FIRST, "kind": "legal"}, {"full": "Ouyang Jingyi", "kind": "romanised"}]
    elif dice.random() < 0.7:
        family = dice.choice(DOUBLE_FAMILY) if dice.random() < 0.2 else dice.choice(FAMILY)
        names = [{"full": family + "".join(dice.sample(GIVEN, 2)), "kind": "legal"}]
    else:
        names = [{"full": f"{dice.choice(LATIN_GIVEN)} {dice.choice(LATIN_FAMILY)}", "kind": "legal"}]
    born = f"{dice.randrange(1958, 2003)}-{dice.randrange(1, 13):02}-{dice.randrange(1, 29):02}"
    subject = {
        "names": names,
        "employee_number": f"EMP-{seed % 97:02}{number:05}",
        "national_id": f"99{dice.randrange(10**4):04}{born.replace('-', '')}{dice.randrange(10**4):04}",
        "birth_date": born,
        "unit": dice.choice(UNITS),
        "status": dice.choice(["active", "active", "retired"]),
        "contacts": {"phone": f"+86 199 {dice.randrange(10**4):04} {dice.randrange(10**4):04}",
                     "email": f"person{number:05}.{dice.randrange(10**6):06}@example.invalid"},
    }
    session = {
        "held_on": f"2026-{dice.randrange(1, 10):02}-{dice.randrange(1, 29):02}",
        "channel": dice.choice(["phone", "online", "in_person"]),
        "risk": dice.choice(["none", "low", "low", "moderate"]),
        "summary": f"{dice.choice(TROUBLES)} (file note {dice.randrange(16**12):012x})",
    }
    return subject, session


def planted(seed, count):
    """Every text that must never be found outside: names, numbers, addresses, notes."""
    texts = set()
    for number in range(count):
        subject, session = person(seed, number)
        texts.update(name["full"] for name in subject["names"])
        texts.update([subject["employee_number"], subject["national_id"], *subject["contacts"].values()])
        # The note's number is unlike any other; its words come again and again, once is enough.
        texts.update([session["summary"].split(" (")[0], session["summary"][-13:-1]])
    return sorted(texts)


def main():
    seed, count, directory = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
    for number in range(count):
        for kind, fields in zip(("subject", "session"), person(seed, number)):
            with open(os.path.join(directory, f"{number:03}.{kind}.json"), "w", encoding="utf-8") as file:
                json.dump(fields, file, ensure_ascii=False)


if __name__ == "__main__":
    main()
