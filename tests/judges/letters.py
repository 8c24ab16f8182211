"""Judges letters and files from outside: Python's email parser, SpamAssassin, qpdf, pdftotext and openpyxl.

    python3 letters.py REPORTS LETTER.eml…

REPORTS is a folder of one report each in several formats under one name: `x.json` with `x.pdf`, `x.xlsx`, `x.html`.
One line a fault; ends with 1 when there is one.
"""
import email, email.policy, html as html_words, json, pathlib, mailbox, re, subprocess, sys, tempfile

MOST_SPAM = 1.0
# What SpamAssassin finds in a letter that was never sent anywhere, and why that isn't the letter's fault.
EXPLAINED = {
    "NO_RELAYS": "the letter was never sent, so no relay added a line",
    "NO_RECEIVED": "the letter was never sent, so no relay added a line",
    "ALL_TRUSTED": "as above",
    "HTML_MESSAGE": "it has an HTML part beside its text; worth 0",
}
faults = []


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
        import html as entities

        said = " ".join(html_words.unescape(re.sub("<[^>]*>", "", heading)).split())
        if said not in plain:
            fault(path, f"the text part lacks the title {said!r}")
    for part in message.iter_attachments():
        name, body = part.get_filename(), part.get_payload(decode=True)
        if not name and part.get_content_disposition() != "inline":
            fault(path, "an attachment without a name")
        if part.get_content_type() == "application/pdf":
            pdf(path, body)


def pdf(path, body):
    with tempfile.NamedTemporaryFile(suffix=".pdf") as file:
        file.write(body)
        file.flush()
        checked = subprocess.run(["qpdf", "--check", file.name], capture_output=True)
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
        if float(score.group(1)) >= MOST_SPAM:
            fault(path, f"SpamAssassin: {status}")
        for hit in re.findall(r"[A-Z0-9_]+", hits.group(1)):
            if hit not in EXPLAINED:
                fault(path, f"SpamAssassin hit {hit} isn't explained ({score.group(1)})")


def shown(value, unit):
    """How a figure may be written in English."""
    if value is None:
        return []
    if unit == "ratio":
        return [f"{value * 100:.1f}"]
    if unit == "seconds":
        whole = int(value + 0.5)
        minutes = f"{whole // 3600}:{whole % 3600 // 60:02}:{whole % 60:02}" if whole >= 3600 else f"{whole // 60}:{whole % 60:02}"
        return [minutes, f"{whole} s"]
    return [f"{value:,.0f}", f"{value:.0f}"]


def report(path):
    """The figures of the JSON stand in the text of the PDF, and in the cells of the XLSX."""
    told = json.loads(path.read_text())
    file = path.with_suffix(".pdf")
    if file.exists():
        pdf(file, file.read_bytes())
        text = subprocess.run(["pdftotext", "-layout", str(file), "-"], capture_output=True, check=True).stdout.decode()
        text = re.sub(r"[\s\u00a0\u202f]+", " ", text)
        for name in ["totals.calls", "totals.answered", "totals.missed", "totals.answer_rate", "totals.to_call_back"]:
            figure = told.get("figures", {}).get(name)
            if figure and figure["value"] is not None and not any(word in text for word in shown(figure["value"], figure["unit"])):
                fault(file, f"{name} = {figure['value']} isn't in its text")
    file = path.with_suffix(".xlsx")
    if file.exists():
        import openpyxl

        book = openpyxl.load_workbook(file)
        cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
        for cell in cells:
            if cell.data_type == "f":
                fault(file, f"{cell.parent.title}!{cell.coordinate} is a formula: {cell.value!r}")
        numbers = {cell.value for cell in cells if isinstance(cell.value, (int, float))}
        for name, figure in told.get("figures", {}).items():
            if isinstance(figure["value"], (int, float)) and not any(abs(figure["value"] - n) < 1e-9 for n in numbers):
                fault(file, f"{name} = {figure['value']} isn't in any cell")
        for sheet in book:
            if sheet.max_row > 1 and sheet.freeze_panes is None:
                fault(file, f"{sheet.title} has no frozen header")


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
    print(f"{len(letters)} letters, {len(told)} reports, {len(faults)} faults", file=sys.stderr)
    sys.exit(1 if faults else 0)


main()
