"""Reads what readers get as programs of others would, and prints a line for each fault.

    python3 judge.py FOLDER      every *.eml and *.html in it

A mail: one header of each kind and no other kinds, one reader, no line too long; HTML that nests, with no element,
attribute or address that could do something; CSV without a cell that a spreadsheet would reckon; workbooks that are well-formed
XML without formulas or links out; JSON; PDFs that can be read.
"""
import csv, email, email.header, email.policy, io, json, pathlib, re, subprocess, sys, tempfile, unicodedata, zipfile
import xml.etree.ElementTree as tree
from html.parser import HTMLParser

HEADERS = """from to subject date message-id mime-version content-type content-transfer-encoding auto-submitted reply-to list-id
    list-unsubscribe list-unsubscribe-post""".split()
TAGS = set("""html head meta title style body table thead tbody tfoot tr td th div p span a img h1 h2 h3 br b strong ul ol li
    form input button label small hr main""".split())
VOID = {"meta", "img", "br", "input", "hr"}
ADDRESSES = {"href", "src", "action", "formaction", "background", "poster", "data", "srcset", "cite", "xlink:href"}
SCHEMES = ("https:", "mailto:", "tel:", "cid:")
# What turns the direction of what follows, and what no reader sees.
TURNING = set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff")
FORMULA = re.compile(r"^\s*[=+\-@\uff1d\uff0b\uff0d\uff20\t\r]")
NUMBER = re.compile(r"^[+\-]?\d+([.]\d+)?$")

faults = []


def harmless(where, text, lawful="\r\n\t"):
    for letter in text:
        if letter in TURNING or (unicodedata.category(letter) == "Cc" and letter not in lawful):
            faults.append(f"{where}: holds {letter!r}")
            return


class Page(HTMLParser):
    def __init__(self, where):
        super().__init__(convert_charrefs=True)
        self.where, self.open = where, []

    def handle_starttag(self, tag, attributes):
        if tag not in TAGS:
            faults.append(f"{self.where}: an element {tag!r}")
        names = [name for name, _ in attributes]
        if len(names) != len(set(names)):
            faults.append(f"{self.where}: <{tag}> has an attribute twice: {names}")
        for name, value in attributes:
            value = value or ""
            harmless(f"{self.where} <{tag} {name}>", value)
            if name.startswith("on") or not re.fullmatch(r"[a-z:\-]+", name):
                faults.append(f"{self.where}: <{tag}> has an attribute {name!r}")
            if name in ADDRESSES and value and not value.lower().startswith(SCHEMES):
                faults.append(f"{self.where}: <{tag} {name}={value[:80]!r}>")
            if name in ADDRESSES and "evil" in value:
                faults.append(f"{self.where}: <{tag}> leads to {value[:80]!r}")
            if name == "style" and re.search(r"url\(|expression|@import|javascript:", value, re.I):
                faults.append(f"{self.where}: <{tag} style={value[:80]!r}>")
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attributes):
        self.handle_starttag(tag, attributes)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            faults.append(f"{self.where}: </{tag}> closes nothing that is open")
            self.open = []

    def handle_data(self, data):
        harmless(f"{self.where} text", data)


def page(where, text):
    parser = Page(where)
    parser.feed(text)
    parser.close()
    if parser.open:
        faults.append(f"{where}: left open: {parser.open}")


def sheet(where, text):
    rows = list(csv.reader(io.StringIO(text.lstrip("\ufeff")), strict=True))
    if len({len(row) for row in rows}) > 1:
        faults.append(f"{where}: rows of {sorted({len(row) for row in rows})} fields")
    for cell in (cell for row in rows for cell in row):
        if FORMULA.match(cell) and not NUMBER.match(cell):
            faults.append(f"{where}: a spreadsheet reckons {cell[:40]!r}")
        harmless(where, cell)


def workbook(where, data):
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in archive.namelist():
            if ".." in name or name.startswith("/"):
                faults.append(f"{where}: a part {name!r}")
            if not name.endswith((".xml", ".rels")):
                continue
            root = tree.fromstring(archive.read(name))
            for element in root.iter():
                kind = element.tag.rsplit("}", 1)[-1]
                if kind == "f" and "worksheets" in name:
                    faults.append(f"{where}: {name} has the formula {element.text!r}")
                if kind == "Relationship" and element.get("TargetMode") == "External":
                    if not element.get("Target", "").startswith(("https:", "mailto:", "tel:")):
                        faults.append(f"{where}: leads to {element.get('Target')!r}")
                if kind == "t":
                    harmless(f"{where} {name}", element.text or "")


def print_(where, data):
    with tempfile.NamedTemporaryFile(suffix=".pdf") as file:
        file.write(data)
        file.flush()
        read = subprocess.run(["pdftotext", file.name, "-"], capture_output=True)
        if read.returncode or read.stderr:
            faults.append(f"{where}: pdftotext says {read.stderr[:200]!r}")


def attached(where, part):
    name = part.get_filename() or ""
    if not re.fullmatch(r"[\w.\-]{1,150}", name):
        faults.append(f"{where}: a file is called {name!r}")
    data, where = part.get_payload(decode=True), f"{where} {name}"
    if name.endswith(".csv"):
        sheet(where, data.decode())
    elif name.endswith(".json"):
        json.loads(data)
    elif name.endswith(".xlsx"):
        workbook(where, data)
    elif name.endswith(".pdf"):
        print_(where, data)
    elif name.endswith(".zip"):
        zipfile.ZipFile(io.BytesIO(data)).testzip()


def raw_header(raw, name):
    message = email.message_from_bytes(raw, policy=email.policy.compat32)
    return re.sub(r"\r?\n(?=[ \t])", "", str(message[name]))


def letter(where, raw):
    message = email.message_from_bytes(raw, policy=email.policy.default)
    for part in message.walk():
        for defect in part.defects:
            faults.append(f"{where}: Python's email finds {defect!r}")
    for line in raw.split(b"\r\n"):
        if len(line) > 998 or b"\n" in line or b"\r" in line:
            faults.append(f"{where}: a line of {len(line)} bytes, or one with a bare CR or LF")
            break
    names = [name.lower() for name in message.keys()]
    for name in names:
        if name not in HEADERS or names.count(name) > 1:
            faults.append(f"{where}: a header {name!r}, {names.count(name)} times")
    for name in ["from", "to"]:
        if len(message[name].addresses) != 1 or "evil" in message[name].addresses[0].domain:
            faults.append(f"{where}: {name}: {message[name]}")
        harmless(f"{where} {name}", message[name].addresses[0].display_name, "")
    harmless(f"{where} subject", message["subject"], "")
    # A mail program that isn't strict decodes what reads like an encoded word wherever it stands.
    for name in ["from", "to", "subject"]:
        for value, charset in email.header.decode_header(raw_header(raw, name)):
            value = value.decode(charset or "ascii", "replace") if isinstance(value, bytes) else value
            harmless(f"{where} {name}, decoded", value, "")
    text, html = message.get_body(("plain",)), message.get_body(("html",))
    harmless(f"{where} text", text.get_content())
    page(where, html.get_content())
    for part in message.iter_attachments():
        attached(where, part)


for path in sorted(pathlib.Path(sys.argv[1]).iterdir()):
    if path.suffix == ".eml":
        letter(path.name, path.read_bytes())
    elif path.suffix == ".html":
        page(path.name, path.read_text())
print("\n".join(dict.fromkeys(faults)))
