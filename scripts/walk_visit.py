#!/usr/bin/env python3
"""Walks one visit at a kiosk through its driver socket, as a member would, and leaves pictures of it.

usage: walk_visit.py SOCKET OUT    (PORTICO_DEMO_CODE: the activation code of the letter)
"""
import html
import json
import os
import pathlib
import shutil
import socket
import subprocess
import sys
import time


class Kiosk:
    """One line of JSON each way; an answer with "error" ends the walk."""

    def __init__(self, path, pictures):
        end = time.monotonic() + 60
        while True:
            self.socket = socket.socket(socket.AF_UNIX)
            try:
                self.socket.connect(path)
                break
            except OSError:
                if time.monotonic() > end:
                    raise
                time.sleep(0.05)
        self.lines = self.socket.makefile("r")
        self.pictures = pictures
        self.shown = []

    def do(self, do, **more):
        self.socket.sendall((json.dumps({"do": do, **more}) + "\n").encode())
        answer = json.loads(self.lines.readline())
        if "error" in answer:
            frame = answer.get("frame", {})
            labels = [node.get("label") for node in frame.get("nodes", [])]
            sys.exit(f"{do} {more}: {answer['error']}; on screen {frame.get('screen')}: {labels}")
        return answer

    def frame(self):
        return self.do("frame")["frame"]

    def has(self, field, value):
        return any(node.get(field) == value for node in self.frame()["nodes"])

    def page_to(self, field, value):
        if self.has(field, value):
            return
        for _ in range(self.frame()["page"] - 1):
            self.do("tap", msg="ui.page.up")
        for _ in range(self.frame()["pages"] - 1):
            if self.has(field, value):
                return
            self.do("tap", msg="ui.page.down")

    def press(self, msg):
        self.page_to("msg", msg)
        self.do("tap", msg=msg)

    def press_row(self, key):
        self.page_to("key", key)
        self.do("tap", node_key=key)

    def type_into(self, msg, text):
        self.press(msg)
        self.do("type", text=text)

    def wait(self, screen=None, msg=None):
        wanted = {"screen": screen} if screen else {"msg": msg}
        self.do("wait", timeout_s=60, **wanted)

    def device(self, device, action, **more):
        self.do("device", device=device, action=action, **more)

    def picture(self, name, words):
        file = f"{len(self.shown) + 1:02}-{name}.png"
        self.do("screenshot", path=str(self.pictures / file))
        self.shown.append((file, words))
        print(f"  {file}: {words}", flush=True)


def begin(kiosk, language):
    kiosk.wait(screen="attract")
    kiosk.do("tap", role="row", label=language)
    kiosk.wait(screen="sign_in")


def key_pin_and_touch(kiosk, name):
    kiosk.wait(msg="key.pin")
    kiosk.do("type", text="2468")
    kiosk.picture(name, "The key's PIN")
    kiosk.press("part.continue")
    kiosk.wait(msg="key.touch")
    kiosk.picture(name + "-touch", "Touch the key")
    kiosk.device("security_key", "touch")


def register(kiosk, code):
    kiosk.wait(screen="attract")
    kiosk.picture("attract", "The first screen")
    begin(kiosk, "English")
    kiosk.picture("sign-in", "Ways to sign in")
    kiosk.press("sign_in.register")
    kiosk.wait(screen="register")
    kiosk.press("register.letter")
    kiosk.wait(screen="register_code")
    kiosk.type_into("register_code.code", code)
    kiosk.type_into("register_code.birth_date", "05171984")
    kiosk.picture("register", "The code from the letter")
    kiosk.press("part.continue")
    kiosk.wait(screen="choose_username")
    kiosk.type_into("password.username", "alex.sample")
    kiosk.type_into("choose_username.password", "purple kites over testville")
    kiosk.press("part.continue")
    kiosk.wait(screen="choose_pin")
    kiosk.do("type", text="739182")
    kiosk.press("part.continue")
    kiosk.wait(msg="choose_pin.again")
    kiosk.do("type", text="739182")
    kiosk.press("part.continue")
    kiosk.wait(screen="offer_key")
    kiosk.device("security_key", "insert")
    kiosk.press("offer_key.yes")
    key_pin_and_touch(kiosk, "register-key")
    kiosk.wait(screen="register_done")
    kiosk.picture("registered", "The account is set up")
    kiosk.press("register_done.go")
    kiosk.wait(screen="sign_in")
    kiosk.device("security_key", "remove")


def finish(kiosk):
    kiosk.do("tap", msg="ui.bar.finish")
    kiosk.wait(screen="visit_end")
    kiosk.picture("end", "The end: take the key along")
    kiosk.device("security_key", "remove")
    kiosk.do("advance", seconds=60)
    kiosk.wait(screen="attract")


def visit(kiosk):
    kiosk.device("security_key", "insert")
    kiosk.wait(screen="key")
    key_pin_and_touch(kiosk, "key")
    kiosk.wait(msg="home.year")
    kiosk.picture("home", "Home: the year so far")

    kiosk.press("home.claims")
    kiosk.wait(msg="claims.filter_done")
    kiosk.picture("claims", "Claims")
    kiosk.press_row("eob-0000001-0002")
    kiosk.wait(msg="eob.where")
    kiosk.picture("eob", "Where each dollar went, and a line that looks wrong")
    kiosk.press("eob.check_it")
    kiosk.wait(msg="eob.answered")
    kiosk.press("eob.next")
    kiosk.wait(screen="eob_story")
    kiosk.picture("story", "What happened, and what happens next")
    kiosk.press("part.back")
    kiosk.press("eob.print")
    kiosk.wait(msg="letter.done")
    kiosk.picture("letter", "The EOB letter is printed")
    kiosk.device("letter_printer", "take")
    kiosk.press("letter.ok")
    kiosk.press("part.claims")
    kiosk.press("part.home")
    kiosk.press("home.requests")
    kiosk.wait(msg="request.dispute_finding")
    kiosk.picture("requests", "My requests: the question about the claim")
    kiosk.press("part.back")

    kiosk.press("home.doctor")
    kiosk.wait(screen="find_doctor")
    kiosk.type_into("find.words", "family")
    kiosk.press("find.go")
    kiosk.wait(msg="find.count")
    kiosk.picture("doctors", "Find a doctor")
    kiosk.do("tap", msg="part.home") if kiosk.has("msg", "part.home") else kiosk.press("part.back")

    kiosk.press("home.card")
    kiosk.wait(msg="id_card.front_picture")
    kiosk.picture("card", "The ID card")
    kiosk.press("id_card.print")
    kiosk.wait(msg="card_print.progress")
    kiosk.picture("card-print", "The card is being printed")
    kiosk.wait(msg="card_print.done")
    kiosk.picture("card-done", "Take your card")
    kiosk.device("card_printer", "take")
    kiosk.press("card_print.have_it")
    kiosk.wait(screen="home")
    finish(kiosk)


def to_png(pdf, out):
    if shutil.which("pdftoppm"):
        subprocess.run(["pdftoppm", "-r", "110", "-png", str(pdf), str(out)], check=True)


def write_index(out, shown):
    prints = sorted((out / "prints").glob("*.png"))
    figure = '<figure><a href="{0}"><img src="{0}" loading="lazy"></a><figcaption>{1}</figcaption></figure>'
    body = "".join(figure.format("pictures/" + file, html.escape(words)) for file, words in shown)
    paper = "".join(figure.format("prints/" + page.name, html.escape(page.stem)) for page in prints)
    (out / "index.html").write_text(
        "<!doctype html><html lang=en><meta charset=utf-8><title>Portico: one visit</title><style>"
        "body{font:16px/1.5 Inter,sans-serif;background:#eef3f1;color:#0e1f1c;margin:32px}"
        "main{display:grid;grid-template-columns:repeat(auto-fill,minmax(260px,1fr));gap:24px}"
        "figure{margin:0;background:#fff;border-radius:12px;padding:12px}img{width:100%;border-radius:8px}"
        "</style><h1>One visit at the kiosk</h1>"
        "<p>All people, clinics and amounts are made up. "
        '<a href="import-report.json">What the import read</a>, <a href="letter.pdf">the activation letter</a>.</p>'
        f"<main>{body}</main><h2>What came out of the printers</h2><main>{paper}</main></html>")


def main():
    if len(sys.argv) != 3 or "PORTICO_DEMO_CODE" not in os.environ:
        sys.exit(__doc__)
    out = pathlib.Path(sys.argv[2])
    (out / "pictures").mkdir(exist_ok=True)
    (out / "prints").mkdir(exist_ok=True)
    kiosk = Kiosk(sys.argv[1], out / "pictures")
    register(kiosk, os.environ["PORTICO_DEMO_CODE"])
    visit(kiosk)
    for pdf in sorted((out / "kiosk" / "bench").rglob("*.pdf")):
        to_png(pdf, out / "prints" / pdf.stem)
        shutil.copy(pdf, out / "prints" / pdf.name)
    to_png(out / "letter.pdf", out / "prints" / "activation-letter")
    write_index(out, kiosk.shown)


main()
