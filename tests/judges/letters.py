"""Judges letters and files from outside: Python's email parser, SpamAssassin, qpdf, pdftotext and openpyxl.

    python3 letters.py REPORTS LETTER.eml…

REPORTS is a folder of one report each in several formats under one name: `x.json` with `x.pdf`, `x.xlsx`, `x.html`.
One line a fault; ends with 1 when there is one.
"""
import collections, csv, datetime, email, email.policy, html as html_words, io, json, mailbox, pathlib, re, subprocess, sys
import tempfile, zipfile

import openpyxl

MOST_SPAM = 1.0
# What SpamAssassin finds in a letter that was never sent anywhere, and why that isn't the letter's fault.
EXPLAINED = {
    "NO_RELAYS": "the letter was never sent, so no relay added a line",
    "NO_RECEIVED": "the letter was never sent, so no relay added a line",
    "ALL_TRUSTED": "as above",
    "HTML_MESSAGE": "it has an HTML part beside its text; worth 0",
}
# What begins a formula in a spreadsheet; a phone number may begin with its plus.
FORMULA = re.compile(r"^ *[=+\-@\t\r]")
NUMBER = re.compile(r"^\+?\d+$|^-?\d+(\.\d+)?$")
# The name of the program, which nothing that a reader gets may bear, but for names of contracts that only machines read.
PROGRAM = re.compile(rb"callbrief(?!\.(reports?|notice)/1)", re.I)
faults = []
counts = collections.Counter()


def fault(path, what):
    faults.append(f"{pathlib.Path(path).name}: {what}")


def letter(path):
    raw = path.read_bytes()
    message = email.message_from_bytes(raw, policy=email.policy.default)
    for part in message.walk():
        for defect in part.defects:
            fault(path, f"Python's email finds {defect!r}")
    for line in raw.split(b"\r\n"):
        if len(line) > 998 or b"\n" in line or b"\r" in line:
            fault(path, f"a line of {len(line)} bytes, or one with a bare CR or LF")
            break
    for name in ["From", "To", "Subject", "Date", "Message-ID", "MIME-Version", "Auto-Submitted", "Reply-To", "List-Id"]:
        if name == "List-Id" and message["List-Unsubscribe"] is None:
            continue  # a notice to the owner is no list
        values = message.get_all(name, [])
        if len(values) != 1:
            fault(path, f"{len(values)} headers {name}")
    text, html = message.get_body(("plain",)), message.get_body(("html",))
    if text is None or html is None:
        fault(path, "lacks a text or an HTML part")
        return
    if len(raw) > 10_000_000:
        fault(path, f"is {len(raw)} bytes")
    words = html.get_content()
    for address in re.findall(r"""(?:src|background)\s*=\s*["']?([^"'\s>]+)""", words):
        if not address.startswith("cid:"):
            fault(path, f"loads {address}")
    plain = " ".join(text.get_content().split())
    for heading in re.findall(r"<h1[^>]*>(.*?)</h1>", words, re.S):
        said = " ".join(html_words.unescape(re.sub("<[^>]*>", "", heading)).split())
        if said not in plain:
            fault(path, f"the text part lacks the title {said!r}")
    for part in message.iter_attachments():
        name, body = part.get_filename(), part.get_payload(decode=True)
        if not name and part.get_content_disposition() != "inline":
            fault(path, "an attachment without a name")
        if part.get_content_type() == "application/pdf":
            pdf(path, body)
        nameless(path, f"the attachment {name}", body)
    for part in message.walk():
        if not part.is_multipart():
            nameless(path, f"its part {part.get_content_type()}", part.get_payload(decode=True))
    # Samples go to example domains; the name of the program must not be in any header, decoded or not.
    for name, value in message.items():
        nameless(path, f"the header {name}", f"{name}: {value}".encode())
    counts["mails read by Python's email"] += 1


def nameless(path, where, body):
    """Nothing names the program: words, properties, names of files inside files."""
    for inside, content in open_up(body):
        found = PROGRAM.search(content)
        if found:
            at = found.start()
            fault(path, f"{where}{inside} names the program: {content[max(at - 40, 0) : at + 40]!r}")
    counts["parts without the program's name"] += 1


def open_up(body):
    """The parts of a file as they can be read."""
    if body.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            for name in archive.namelist():
                yield f" ({name})", name.encode() + b"\n" + archive.read(name)
    elif body.startswith(b"%PDF"):
        with tempfile.NamedTemporaryFile(suffix=".pdf") as file:
            file.write(body)
            file.flush()
            plain = subprocess.run(["qpdf", "--qdf", "--object-streams=disable", file.name, "-"], capture_output=True)
            info = subprocess.run(["pdfinfo", "-meta", file.name], capture_output=True)
            info.stdout += subprocess.run(["pdfinfo", file.name], capture_output=True).stdout
            text = subprocess.run(["pdftotext", file.name, "-"], capture_output=True)
        yield "", plain.stdout + info.stdout + text.stdout
    else:
        yield "", body


def pdf(path, body):
    with tempfile.NamedTemporaryFile(suffix=".pdf") as file:
        file.write(body)
        file.flush()
        checked = subprocess.run(["qpdf", "--check", file.name], capture_output=True)
    counts["prints by qpdf --check"] += 1
    if checked.returncode != 0:
        fault(path, "qpdf: " + checked.stdout.decode() + checked.stderr.decode())


def spam(paths):
    """All in one run: the program takes seconds to start."""
    with tempfile.TemporaryDirectory() as folder:
        box = mailbox.mbox(f"{folder}/in")
        for path in paths:
            box.add(path.read_bytes())
        box.close()
        run = subprocess.run(["spamassassin", "--local", "--test-mode", "--mbox", f"{folder}/in"], capture_output=True)
        pathlib.Path(f"{folder}/out").write_bytes(run.stdout)
        judged = {m["Message-ID"]: " ".join((m["X-Spam-Status"] or "").split()) for m in mailbox.mbox(f"{folder}/out")}
    for path in paths:
        status = judged.get(email.message_from_bytes(path.read_bytes())["Message-ID"], run.stderr.decode()[:400])
        score = re.search(r"score=(-?[\d.]+)", status)
        hits = re.search(r"tests=(.*?) autolearn", status)
        if score is None or hits is None:
            fault(path, f"SpamAssassin gave no score: {status!r}")
            continue
        counts["mails by SpamAssassin"] += 1
        counts["tenths of SpamAssassin's highest score"] = max(
            counts["tenths of SpamAssassin's highest score"], round(float(score.group(1)) * 10)
        )
        if float(score.group(1)) >= MOST_SPAM:
            fault(path, f"SpamAssassin: {status}")
        for hit in re.findall(r"[A-Z0-9_]+", hits.group(1)):
            counts[f"hits of {hit}"] += 1
            if hit not in EXPLAINED:
                fault(path, f"SpamAssassin hit {hit} isn't explained ({score.group(1)})")


def shown(value, unit):
    """How a figure may be written, whatever the language."""
    if value is None:
        return []
    if unit == "ratio":
        return [f"{value * 100:.1f}", f"{value * 100:.1f}".replace(".", ",")]
    if unit == "seconds":
        whole = int(value + 0.5)
        minutes = f"{whole // 3600}:{whole % 3600 // 60:02}:{whole % 60:02}" if whole >= 3600 else f"{whole // 60}:{whole % 60:02}"
        return [minutes, f"{whole} s"]
    whole = f"{value:,.0f}"
    return [whole, whole.replace(",", "."), whole.replace(",", " "), whole.replace(",", "")]


def report(path):
    """The figures of the JSON stand in the text of the PDF, and in the cells of the XLSX; CSV is the same in all languages."""
    told = json.loads(path.read_text())
    figures = [told.get("figures", {})] + [part.get("figures", {}) for part in told.get("projects", [])]
    for ending, judge in {".pdf": printed, ".xlsx": workbook, ".csv": machine_table}.items():
        file = path.with_suffix(ending)
        if not file.exists():
            fault(path, f"there is no {file.name} beside it")
            continue
        judge(file, told, figures)
        nameless(file, "it", file.read_bytes())


def printed(file, told, figures):
    body = file.read_bytes()
    pdf(file, body)
    if len(body) >= 100_000 and told["report"] == "summary":
        fault(file, f"is {len(body)} bytes")
    text = subprocess.run(["pdftotext", "-layout", str(file), "-"], capture_output=True, check=True).stdout.decode()
    text = re.sub(r"[\s\u00a0\u202f]+", " ", text)
    names = ["totals.calls", "totals.answered", "totals.missed", "totals.answer_rate", "totals.to_call_back"]
    for name in names if told["report"] == "summary" else []:
        figure = figures[0].get(name)
        if figure and figure["value"] is not None:
            counts["figures looked up in prints"] += 1
            if not any(word in text for word in shown(figure["value"], figure["unit"])):
                fault(file, f"{name} = {figure['value']} isn't in its text")


def workbook(file, told, figures):
    book = openpyxl.load_workbook(file)
    counts["workbooks opened by openpyxl"] += 1
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    counts["cells"] += len(cells)
    for cell in cells:
        if cell.data_type == "f":
            fault(file, f"{cell.parent.title}!{cell.coordinate} is a formula: {cell.value!r}")
        if isinstance(cell.value, str) and re.fullmatch(r"-?\d+(\.\d+)?|\d{4}-\d\d-\d\d([T ].*)?", cell.value):
            # A number of a person or a call may be text; whatever is counted or timed may not.
            if re.fullmatch(r"\d{4}-\d\d-\d\d([T ].*)?", cell.value):
                fault(file, f"{cell.parent.title}!{cell.coordinate} is a date as text: {cell.value!r}")
        if isinstance(cell.value, (int, float)) and abs(cell.value) >= 10**8:
            fault(file, f"{cell.parent.title}!{cell.coordinate} is a phone number as a number: {cell.value!r}")
    numbers = {cell.value for cell in cells if isinstance(cell.value, (int, float))}
    for name, figure in (item for part in figures for item in part.items()):
        if isinstance(figure["value"], (int, float)):
            counts["figures looked up in workbooks"] += 1
            if not any(abs(figure["value"] - n) < 1e-9 for n in numbers):
                fault(file, f"{name} = {figure['value']} isn't in any cell")
    if len(book.worksheets) < 3:
        fault(file, f"has {len(book.worksheets)} sheets only")
    for sheet in book.worksheets[:-1]:
        if sheet.max_row > 1 and sheet.freeze_panes != "A2":
            fault(file, f"{sheet.title} has no frozen head")
        heads = [cell.value for cell in sheet[1]]
        if sheet.max_row > 1 and any(head in (None, "") for head in heads):
            fault(file, f"{sheet.title} has a column without a head: {heads}")
        if sheet.max_row > 1 and len(set(heads)) != len(heads):
            twice = [head for head, n in collections.Counter(heads).items() if n > 1]
            fault(file, f"{sheet.title} has two columns of one name: {twice}")
        for letter in (cell.column_letter for cell in sheet[1]):
            width = sheet.column_dimensions[letter].width if letter in sheet.column_dimensions else None
            grouped = any(d.min and d.max and d.min <= openpyxl.utils.column_index_from_string(letter) <= d.max
                          for d in sheet.column_dimensions.values())
            if sheet.max_row > 1 and not width and not grouped:
                fault(file, f"{sheet.title}!{letter} has no width")
        for row in sheet.iter_rows(min_row=2):
            for cell in row:
                kind = type(cell.value)
                counts[f"cells of {kind.__name__}" if cell.value is not None else "empty cells"] += 1
                if isinstance(cell.value, (datetime.datetime, datetime.date)) and cell.number_format == "General":
                    fault(file, f"{sheet.title}!{cell.coordinate} is a time without a format")


def machine_table(file, told, _):
    raw = file.read_bytes()
    if not raw.startswith(b"\xef\xbb\xbf"):
        fault(file, "has no byte order mark")
    rows = list(csv.reader(io.StringIO(raw.decode("utf-8-sig"), newline=""), strict=True))
    counts["CSV files"] += 1
    widths = {len(row) for row in rows}
    if len(widths) != 1:
        fault(file, f"has rows of {sorted(widths)} fields")
    for at, row in enumerate(rows, 1):
        for field in row:
            if FORMULA.match(field) and not NUMBER.match(field):
                fault(file, f"line {at}: a spreadsheet computes {field!r}")
    english = file.with_name(re.sub(r"\.[a-z]{2}\.csv$", ".en.csv", file.name))
    if english.exists() and english.read_bytes() != raw:
        fault(file, f"differs from {english.name}: CSV is the same in every language")


def main():
    reports, letters = pathlib.Path(sys.argv[1]), [pathlib.Path(name) for name in sys.argv[2:]]
    if not letters:
        sys.exit(__doc__)
    for path in letters:
        letter(path)
    spam(letters)
    told = sorted(reports.glob("*.json"))
    for path in told:
        report(path)
    print("\n".join(faults), end="\n" if faults else "")
    said = ", ".join(f"{count:,} {what}" for what, count in sorted(counts.items()))
    print(f"{len(letters)} letters, {len(told)} reports: {said}; {len(faults)} faults", file=sys.stderr)
    sys.exit(1 if faults else 0)


main()
