#!/usr/bin/env python3
"""What a batch of invented files says, once it is loaded.

batch.py BATCH PROGRESS IDS   writes a line `subject record` to IDS for every record of the batch, by the identifiers
                              that `carevault load --progress` noted, a session of the person to look for first;
                              prints that person's name

The person is the client of a counsellor whose Chinese name most others bear too.
"""

import collections
import json
import sys


def lines(path):
    """The lines of a batch, as dictionaries."""
    with open(path, encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def texts(batch):
    """Every text that must never be found outside: names, numbers, addresses, notes."""
    found = set()
    for line in batch:
        fields = line["fields"]
        found.update(name["full"] for name in fields.get("names", []))
        found.update(fields.get("contacts", {}).get(key) for key in ("phone", "email"))
        found.update(fields.get(key) for key in ("employee_number", "national_id", "reference", "policy_number"))
        for key in ("concern", "summary", "plan", "circumstances"):
            found.update(fields.get(key, "").split("\n"))
    return sorted(text for text in found if text)


def main():
    batch = lines(sys.argv[1])
    with open(sys.argv[2], encoding="utf-8") as file:
        known = dict(line.rstrip("\n").split("\t")[:2] for line in file if "\t" in line)
    names = {line["id"]: line["fields"]["names"][0]["full"] for line in batch if "subject" not in line}
    namesakes = collections.Counter(names.values())
    sessions = [line for line in batch if line["kind"] == "counselling.session" and "summary" in line["fields"]]
    chosen = max(
        (line for line in sessions if not names[line["subject"]].isascii()),
        key=lambda line: (len(names[line["subject"]]) <= 3, namesakes[names[line["subject"]]]))
    records = [chosen] + [line for line in batch if "subject" in line and line is not chosen]
    with open(sys.argv[3], "w", encoding="utf-8") as file:
        for line in records:
            file.write(f"{known[line['subject']]} {known[line['id']]}\n")
    print(names[chosen["subject"]])


if __name__ == "__main__":
    main()
