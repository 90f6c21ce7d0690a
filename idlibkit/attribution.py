"""Who said it: reporting verbs, their subjects, and the words that they report, in one paragraph of English.

Private to `voices`. A sentence is turned into a string with one letter for each token (`N` a capitalised word, `C` a finite
reporting verb, `Q` a direct quotation ...), so that the grammar of an attribution is a handful of short patterns over it.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import NamedTuple

_ABBREVIATIONS = (
    "Mr|Mrs|Ms|Mx|Dr|Prof|Sen|Sens|Rep|Reps|Gov|Govs|Gen|Lt|Col|Maj|Sgt|Capt|Cmdr|Adm|Rev|Hon|St|Jr|Sr|No|vs|Inc|Corp|Co|Ltd"
    "|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sep|Sept|Oct|Nov|Dec|Mass|Calif|Conn|Fla|Ill|Mich|Minn|Pa|Va|Tex|Wash|Wis|Ariz|Tenn|Ga|Ala|Ky|Md|Mo"
)
_TOKEN = re.compile(
    rf"(?:[A-Z]\.)+|(?:{_ABBREVIATIONS})\.|[$€£]?\w+(?:[’'./&-]\w+|,\d{{3}}\b)*[’']?|[.!?…]+|--|[,:;()–—-]|[^\s\w]"
)

# One letter for each closed class; cues, names and numbers have their own, all other words are `n`.
_WORDS = {
    "P": "he she they it i we you everyone nobody everybody someone",
    "D": "the a an this these those some many several most other another each both all no any his her their its my our your few"
    " two three four five six seven eight nine ten every such",
    "p": "of in on at by for with from about into over after before during under between against among through near"
    " across since until toward towards upon outside inside behind within without despite like via amid around than per",
    "t": "that",
    "T": "to",
    "&": "and or nor",
    "b": "but while although though because when if unless whereas as so yet where once",
    "h": "who whom which what how why whether whose",
    "z": "is was are were be been being ’s 's am",
    "x": "has have had having will would could should may might must can cannot shall do does did not never won't didn't doesn't don't"
    " hasn't haven't won’t didn’t doesn’t don’t hasn’t haven’t",
    "A": "also then later again already still now earlier previously repeatedly often always once even just first further instead"
    " meanwhile simply only not too recently soon long ago once here there however therefore",
    "W": "monday tuesday wednesday thursday friday saturday sunday yesterday today tomorrow week month year night morning"
    " afternoon evening weekend january february april june july august september october november december jan. feb. aug. sept."
    " sep. oct. nov. dec.",
}
_CODES = {word: code for code, words in _WORDS.items() for word in words.split()}
_ADVERB_NOT = frozenset("family ally italy july reply supply monopoly assembly anomaly rally only early elderly".split())
_NOT_ING = frozenset("during including following according king building thing something anything nothing everything".split())

CLAUSE_NOUNS = frozenset(
    "claim claims idea notion belief fear fears concern concerns suggestion suggestions allegation allegations argument"
    " report reports assertion assertions statement view hope hopes warning warnings rumor rumors rumour rumours accusation"
    " accusations conclusion evidence doubt doubts promise pledge possibility theory speculation prediction assurances"
    " sign signs".split()
)
_NP = re.compile(r"(?:D|A(?=[eng]*N))*[D#neg]*[Nn#](?:(?:[p&]|,(?=N))D*[Aneg#D]*[Nn#]+|[Nn#])*")


SPEECH = ("say", "tell", "quote")
JUDGE_CUT = ("judge",)
CONTRAST = ("while", "but", "though", "although", "whereas")
WANT_CUT = ("want",)
WANT_CODES = ("b", "h")
SEMI = True
# A quotation, its speaker, and a past tense that no list holds: `"...," Smith fumed.`
_UNLISTED = re.compile(r"[,!-]?(P|D?[neg#]{0,3}[nN]+)A*([eC])")
_TO = re.compile(r"[^.:;QxzCBhbt]*?[Th]")
_BARE_ADVERBS = re.compile(r"A+[tWpQ,:T]")
_WITH_VERB = re.compile(r"(P|D?[neg#]{0,3}N+|D[neg#A]*n|(?<=,)h)A*[xzC]")


class Verb(NamedTuple):
    """A form of a reporting verb: `tense` is C (finite), B (base form, may be a noun) or G (-ing)."""

    lemma: str
    frame: str
    stance: str
    tense: str


class Attribution(NamedTuple):
    """One cue with its speaker and what it reports, as offsets into the paragraph; `contents` may be empty."""

    speaker: tuple[int, int] | None
    cue: tuple[int, int]
    verb: Verb
    contents: list[tuple[int, int]]
    quotes: list[int]


def _inflected(verb: str) -> list[str]:
    first, _, rest = verb.partition(" ")
    rest = f"_{rest}" if rest else ""
    stem = first[:-1] if first.endswith("e") else first
    third = first + ("es" if first.endswith(("s", "sh", "ch", "x", "z")) else "s")
    return [third + rest, f"{stem}ed{rest}", f"{stem}ing{rest}"]


@cache
def verbs() -> dict[str, Verb]:
    """Every form of the verbs in `lexicons/reporting_verbs.csv`; two words are joined by a space."""
    source = files("idlibkit").joinpath("lexicons", "reporting_verbs.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(line for line in source.splitlines() if not line.startswith("#"))
    out: dict[str, Verb] = {}
    for row in rows:
        for form in row["forms"].split() or _inflected(row["cue"]):
            form = form.replace("_", " ")
            tense = "G" if form.split()[0].endswith("ing") else "C"
            out.setdefault(form, Verb(row["cue"], row["frame"], row["stance"], tense))
        out.setdefault(row["cue"], Verb(row["cue"], row["frame"], row["stance"], "B"))
    return out


@cache
def _pair_firsts() -> frozenset[str]:
    return frozenset(form.split()[0] for form in verbs() if " " in form)


ACCORDING = Verb("according to", "say", "neutral", "R")
# As often a plural noun: a verb only between a singular subject and a clause.
_NOUNS = frozenset(
    "claims reports states notes calls plans hopes fears charges offers demands questions answers comments remarks requests doubts"
    " promises pledges vows threats details orders estimates quotes rules labels brands voices posts shows finds thanks backs"
    " votes aims wishes attacks challenges tweets recalls counters stresses supports cautions guesses signals hints cries favors"
    " favours forecasts protests boasts complaints appeals reads worries learned".split()
)


_PLURALS = frozenset("people police media women men most many critics some few all both others another two three four five six seven eight nine ten each those these everyone".split())


def _plural(word: str) -> bool:
    return word in _PLURALS or word.endswith("s") and not word.endswith(("'s", "’s", "ss", "us", "is"))


class Paragraph:
    """The tokens of one paragraph: codes, places, lower-case words; quotations are single tokens."""

    def __init__(self, text: str, spans: Sequence[tuple[int, int]], lower: bool = False) -> None:
        self.text = text
        self.starts: list[int] = []
        self.ends: list[int] = []
        self.words: list[str] = []
        codes: list[str] = []
        at = 0
        for start, end in spans:
            self._read(at, start, codes, lower)
            self._add("Q", start, end, "", codes)
            last = text[start:end].rstrip("\"”'’»“ ")[-1:]
            if last in (".", "!", "?", "…"):
                self._add("!" if last in "?!" else ".", end, end, "", codes)
            elif last == ",":
                self._add(",", end, end, "", codes)
            at = end
        self._read(at, len(text), codes, lower)
        self.pairs: dict[int, Verb] = {}
        firsts, forms = _pair_firsts(), verbs()
        for i, word in enumerate(self.words[:-1]):
            if word in firsts and (verb := forms.get(f"{word} {self.words[i + 1]}")):
                self.pairs[i] = verb
                codes[i] = verb.tense
        for i, code in enumerate(codes):
            if code in "BC" and self._noun(codes, i):
                codes[i] = "n"
        self.codes = "".join(codes)

    def _noun(self, codes: list[str], at: int) -> bool:
        """Whether a form of a reporting verb is a noun or an adjective here."""
        word, words = self.words[at], self.words
        pair = at in self.pairs
        follow = at + 1 + pair
        before = codes[at - 1] if at else "."
        after = codes[follow] if follow < len(codes) else "."
        ahead = next((code for code in codes[follow : follow + 3] if code != "A"), ".")
        if before == "p" or before == "D" and words[at - 1] not in _PLURALS:
            return True
        if codes[at] == "B" or word in _NOUNS:
            if before in "e#":
                return True
            if codes[at] == "B" and before == "T" and after not in "tQ:" and codes[follow : follow + 2] != [",", "Q"]:
                return True
            if codes[at] == "B" and before in "&." and after not in "tP":
                return True
            if word in _NOUNS or f"{word}s" in _NOUNS:
                if codes[at] == "B" and before in "nN" and not _plural(words[at - 1]):
                    return True
                if before == "n" and after in "p.,nC":
                    return True
                return word in _NOUNS and not (before in "PhNnAtb&" and ahead in "tDPNTQ:,#h")
            return False
        return before == "n" and not pair and verbs()[word].frame in ("judge", "that") and after in "p.,"

    def _add(self, code: str, start: int, end: int, word: str, codes: list[str]) -> None:
        codes.append(code)
        self.starts.append(start)
        self.ends.append(end)
        self.words.append(word)

    def _read(self, at: int, limit: int, codes: list[str], lower: bool) -> None:
        text, forms = self.text, verbs()
        in_bracket = 0
        for match in _TOKEN.finditer(text, at, limit):
            word = match.group()
            first = word[0]
            start, end = match.span()
            if first == "(":
                in_bracket = start + 60
                continue
            if first == ")":
                in_bracket = 0
                continue
            if start < in_bracket:
                continue
            if first.isalnum() or first in "$€£":
                low = word.lower()
                if word[-1] in "’'":
                    low = low[:-1]
                code = _CODES.get(low)
                begins = not codes or codes[-1] in ".!:Q"
                if code is None or low == "once":
                    verb = forms.get(low)
                    if verb is not None and (first.islower() or begins and verb.tense == "G" or lower):
                        code = verb.tense
                    elif first.isupper():
                        code = "N"
                        if low == "according":
                            code = "n"
                        elif begins and len(low) > 4 and low.endswith("ing") and low not in _NOT_ING:
                            code = "g"
                        elif begins and low.endswith("ly") and low not in _ADVERB_NOT:
                            code = "A"
                    elif first.isdigit() or not first.isalpha():
                        code = "#"
                    elif low.endswith("ly") and low not in _ADVERB_NOT:
                        code = "A"
                    elif low.endswith("ing") and low not in _NOT_ING and len(low) > 4:
                        code = "g"
                    elif low.endswith("ed") and len(low) > 3:
                        code = "e"
                    else:
                        code = "n"
                elif first.isupper() and not begins and code not in "WPD" and len(word) > 1:
                    code = "N" if not lower else code
                self._add(code, start, end, low, codes)
            elif first in ".!?…":
                follows = text[end : end + 4].lstrip("\"”’'»)] ")[:1]
                if follows not in (",", ";", ":") and not follows.islower() and not text[end : end + 1].isalnum():
                    self._add(".", start, end, word, codes)
            elif first in ",;:":
                self._add(first, start, end, word, codes)
            elif first in "–—-":
                self._add("-", start, end, word, codes)


def attributions(paragraph: Paragraph) -> list[Attribution]:
    """Every attribution of a paragraph, in the order of their cues."""
    codes = paragraph.codes
    out: list[Attribution] = []
    for begin, end in _sentences(paragraph):
        if any(code in codes[begin:end] for code in "CBGQ") or "according" in paragraph.words[begin:end]:
            out += _Sentence(paragraph, begin, end).read()
    return out


# `he asked`, `the senator said`, `said Smith` after a quotation that ends in a full stop, or in a question mark.
_SHORT_TAG = re.compile(r"(?:P|N{1,4}|D?[neg]*[nN]+)[xA]*C[.,A]|C(?:D?[Nn]|P)")
_TAG = re.compile(r"(?:P|D?[neg#]*[Nn]+(?:pD?[neg#]*[nN]+)*(?:,[^.!QCx]*,)?)[xA]*C(?!t)|C(?:D?[Nn]|P)")


def subjects(paragraph: Paragraph) -> list[tuple[int, int]]:
    """The first noun phrase of each sentence, as offsets into the paragraph."""
    out = []
    for begin, end in _sentences(paragraph):
        found = _Sentence(paragraph, begin, end).main_subject(end)
        if found:
            out.append((paragraph.starts[found[0]], paragraph.ends[found[1] - 1]))
    return out


def _sentences(paragraph: Paragraph) -> list[tuple[int, int]]:
    """Token ranges of sentences: a full stop ends one, and so does one inside a quotation unless `he asked` follows."""
    codes, out, begin = paragraph.codes, [], 0
    for match in re.finditer(r"[.!]", codes):
        at = match.start()
        if at > 0 and codes[at - 1] == "Q":
            tag = _TAG if match.group() == "!" else _SHORT_TAG
            if tag.match(codes, at + 1):
                continue
        if at > begin:
            out.append((begin, at))
        begin = at + 1
    if begin < len(codes):
        out.append((begin, len(codes)))
    return out


class _Sentence:
    """One sentence while it is read from left to right."""

    def __init__(self, paragraph: Paragraph, begin: int, end: int) -> None:
        self.p, self.begin, self.end = paragraph, begin, end
        self.codes = paragraph.codes
        self.found: list[dict] = []

    # ------------------------------------------------------------------ subjects
    def before(self, cue: int) -> tuple[int, int] | None:
        """The noun phrase that is the subject of the verb at `cue`, as a token range."""
        codes, begin = self.codes, self.begin
        at = cue
        while at > begin and (codes[at - 1] in "xzAW" or codes[at - 2 : at] == "W#" or self.p.words[at - 1] == "since") or (at - 1 > begin and codes[at - 1] == "p" and codes[at] == "W"):
            at -= 1
        if at == begin:
            return None
        last = codes[at - 1]
        if last in "&b":
            return None
        if last == "P":
            return at - 1, at
        if last in "ht":
            edge = at - 2 if codes[at - 2 : at - 1] in (",", "-") else at - 1
            if at - 1 > begin and codes[at - 1] == "h" and codes[edge - 1] in "Nn" and self.p.words[at - 1] in ("who", "which", "that"):
                return self.phrase(edge) or (at - 1, at)
            return at - 1, at
        if last in ",-":
            return self.appositive(at - 1)
        return self.phrase(at)

    def phrase(self, at: int) -> tuple[int, int] | None:
        """The noun phrase that ends before token `at`."""
        codes, start = self.codes, at
        while start > self.begin and codes[start - 1] in "NnDp#eg&AW":
            start -= 1
        part = codes[start:at]
        for match in reversed(list(re.finditer(r"(?<=[NnegW#])D|(?<=W)(?=[NDn])", part))):
            start, part = start + match.start(), part[match.start() :]
            break
        conj = part.rfind("&")
        if conj > 0 and re.search(r"N[ne]+[DN]|e[DpN]", part[:conj]):
            start, part = start + conj, part[conj:]
        lead = re.match(r"(?:[&A]|p(?:W|#|D?W)|p)*", part).end()
        start, part = start + lead, part[lead:]
        if not part or not re.search(r"[NnD#]", part):
            return None
        return start, at

    def appositive(self, comma: int) -> tuple[int, int] | None:
        """The subject of a verb that follows a comma: `James Jeffrey, the envoy for Syria, said`."""
        codes = self.codes
        left = max((codes.rfind(code, self.begin, comma) for code in ":;Q!"), default=-1)
        left = max(left + 1, self.begin)
        pieces, start = [], left
        for at in range(left, comma + 1):
            if codes[at] in ",-":
                pieces.append((start, at))
                start = at + 1
        for number, (start, end) in enumerate(pieces):
            part = codes[start:end]
            lead = re.match(r"[&Ab]*", part).end()
            if number == len(pieces) - 1 and len(pieces) > 1 or not part or part[0] in "pgGTh" or (part[0] == "b" and number < len(pieces) - 2):
                continue
            tail = re.search(r"[NnDp#eg&AWP]*$", part[lead:])
            inner = self.phrase(end) if tail and tail.group() and "P" not in tail.group() else None
            if tail and tail.group().endswith("P"):
                inner = (end - 1, end)
            if inner and inner[0] >= start:
                return inner
        return None

    def after(self, at: int) -> tuple[int, int] | None:
        """The noun phrase that begins at token `at`."""
        codes = self.codes
        match = _NP.match(codes, at, self.end)
        if codes[at : at + 1] == "P":
            return at, at + 1
        if not match:
            return None
        part = match.group()
        stop = re.search(r"p?D?W|(?<=[Nn])p(?=#)", part)
        end = at + (stop.start() if stop and stop.start() else len(part))
        return (at, end) if end > at else None

    def main_subject(self, limit: int) -> tuple[int, int] | None:
        """The first noun phrase of the sentence that a verb can belong to."""
        codes, at = self.codes, self.begin
        while at < limit and codes[at] in "pgGTbA&e":
            if codes[at] in "&A" or codes[at] == "b":
                at += 1
                continue
            comma = codes.find(",", at, limit)
            if comma < 0:
                break
            at = comma + 1
        if at < limit and codes[at] == "P":
            return at, at + 1
        match = re.compile(r"D?[neg#A]{0,4}N+|D[neg#A]*n").match(codes, at, limit)
        return (match.start(), match.end()) if match else None

    def near_subject(self, limit: int) -> tuple[int, int] | None:
        """The last noun phrase before `limit` that has a verb of its own, or else the first of the sentence."""
        last = None
        for match in _WITH_VERB.finditer(self.codes, self.begin, limit):
            last = match.span(1)
        return last or self.main_subject(limit)

    # ------------------------------------------------------------------ what follows a cue
    def content_start(self, at: int, frame: str) -> int:
        """First token of what is reported, after the hearer, the time and the occasion."""
        codes, end = self.codes, self.end
        if frame == "ask":
            to = _TO.match(codes, at, min(end, at + 14))
            if to:
                return to.end() - 1
        if frame in ("tell", "ask") and at < end and codes[at] not in "t:,QTh":
            hearer = re.compile(r"P|[nN]*(?=T)|D?[neg#A]*[Nn#](?:pD?[neg#]*[Nn]+)*").match(codes, at, end)
            words = self.p.words
            if at < end and words[at] in ("me", "him", "them", "us", "her", "reporters", "you") and codes[at + 1 : at + 2] != "n":
                at += 1
            elif hearer:
                text = hearer.group()
                stop = re.compile(r"[tThQ,:]").search(codes, at, min(end, at + 12))
                caps = re.match(r"D?N+|D?[neg]{0,3}[Nn]", text)
                at = stop.start() if stop else at + (caps.end() if caps else 0)
        if at < end and self.p.words[at] in ("about", "upon") and frame in ("say", "quote", "think"):
            return at + 1
        while at < end:
            code = codes[at]
            if code == "W" or code == "A" and _BARE_ADVERBS.match(codes, at):
                at += 1
            elif code in "p-" or code == "D" and codes[at + 1 : at + 3].find("W") >= 0 or self.p.words[at] in ("last", "this"):
                time = re.compile(r"p?(?:D|n(?=W))?W+(?:#|N)?|pN#|p#(?=[^nN])").match(codes, at, end)
                if time:
                    at = time.end()
                    continue
                if code == "D" or code == "-":
                    break
                if frame in ("want", "judge", "think"):
                    break
                stop = re.compile(r"[tQ:]|,(?=Q)|,").search(codes, at, min(end, at + 18))
                if stop and not re.search(r"[xzC]", codes[at : stop.start()]):
                    at = stop.start()
                    continue
                group = re.compile(r"pD?[neg#]*[Nn#]+").match(codes, at, end)
                if not group or not re.search(r"[xzCBeP]", codes[group.end() : end]):
                    return end
                at = group.end()
            elif code == ":" or code == ",":
                at += 1
                break
            else:
                break
        return at

    def content_end(self, start: int, frame: str) -> int:
        """Where a reported clause ends before its sentence does: at a contrast, or after the object of a judgement."""
        codes, words = self.codes, self.p.words
        for match in re.finditer(r"[,-]", codes[start : self.end]):
            at = start + match.end()
            if frame in JUDGE_CUT and codes[start] != "h" and re.compile(r"[bhgGPtT]|&[xCBe]").match(codes, at, self.end):
                return at - 1
            if at < self.end and codes[at] == "b" and words[at] in CONTRAST and codes[at + 1 : at + 2] != "t":
                return at - 1
            if frame in WANT_CUT and codes[at:at+1] in WANT_CODES:
                return at - 1
        semi = codes.find(";", start, self.end)
        return semi if semi >= 0 and SEMI else self.end

    def clause_start(self, at: int) -> int:
        """Where the words before an attribution begin: after the content of the one before, or with the sentence."""
        last = self.begin
        for one in self.found:
            last = max(last, one["cue"] + 1, *(end for _, end in one["parts"]))
        return last if last < at else at

    # ------------------------------------------------------------------ reading
    def read(self) -> list[Attribution]:
        codes, words = self.codes, self.p.words
        at = self.begin
        while at < self.end:
            code = codes[at]
            if code in "CBG":
                self.verb(at)
            elif code == "n" and words[at] == "according" and words[at + 1 : at + 2] == ["to"]:
                self.according(at)
            elif code == "n" and codes[at + 1 : at + 2] == "t" and words[at] in CLAUSE_NOUNS:
                self.noun(at)
            at += 1
        return self.result()

    def add(self, cue: int, width: int, verb: Verb, subject: tuple[int, int] | None, parts: list[tuple[int, int]], own: bool = True) -> None:
        parts = [(a, b) for a, b in parts if b > a]
        start = min([cue, *(a for a, _ in parts if a > cue), *([subject[0]] if own and subject else [])])
        for one in self.found:
            one["parts"] = [(a, min(b, start)) if a < start < b else (a, b) for a, b in one["parts"]]
        self.found.append({"cue": cue, "width": width, "verb": verb, "subject": subject, "parts": parts, "own": own})

    def inside(self, at: int) -> dict | None:
        for one in self.found:
            if any(a <= at < b for a, b in one["parts"]):
                return one
        return None

    def according(self, at: int) -> None:
        codes = self.codes
        subject = self.after(at + 2)
        if subject is None:
            return
        left = self.clause_start(at)
        if all(code in "&Ab," for code in codes[left:at]):
            comma = codes.find(",", subject[1], self.end)
            parts = [(comma + 1, self.end)] if comma >= 0 else []
        else:
            outer = self.inside(at)
            if outer:
                return
            parts = [(left, at)]
            comma = codes[subject[1] : subject[1] + 1] == ","
            if comma and codes[subject[1] + 1 : subject[1] + 2] not in ("h", "g", "G", ""):
                rest = codes[subject[1] + 1 : self.end]
                if re.match(r"[xzeA]", rest) or "Q" in rest:
                    parts.append((subject[1] + 1, self.end))
        self.add(at, 2, ACCORDING, subject, parts)

    def opens_quote(self, at: int) -> bool:
        """Whether token `at` is a quotation that begins as a sentence does."""
        if self.codes[at : at + 1] != "Q":
            return False
        return not self.p.text[self.p.starts[at] : self.p.starts[at] + 1].islower()

    def noun(self, at: int) -> None:
        if self.inside(at):
            return
        verb = Verb(self.p.words[at], "noun", "neutral", "N")
        self.add(at, 1, verb, None, [(at + 1, self.end)])

    def addressed(self, at: int, width: int, verb: Verb) -> None:
        """`Asked whether ...`, `was told that ...`: who is named first is the hearer; the speaker follows `by`, or is not named."""
        codes, words = self.codes, self.p.words
        for place in range(at + width, min(self.end, at + width + 8)):
            if codes[place] in "ht" or words[place] in ("if", "about"):
                subject = self.after(at + width + 1) if words[at + width] == "by" else None
                stop = codes.find(",", place, self.end)
                self.add(at, width, verb, subject, [(place, stop if stop >= 0 else self.end)])
                return
            if codes[place] in ",:;QxzCB":
                return

    def verb(self, at: int) -> None:
        codes, words, begin, end = self.codes, self.p.words, self.begin, self.end
        forms = verbs()
        width = 1
        word = words[at]
        pair = self.p.pairs.get(at)
        verb = pair or forms[word]
        if pair:
            width = 2
        follow = at + width
        after = codes[follow : follow + 1] if follow < end else "."
        before = codes[at - 1] if at > begin else "."

        passive = bool(re.search(r"z[A]*$", codes[begin:at])) and codes[at] == "C"
        if passive:
            if after in "Tt" and verb.frame in ("say", "think") and not self.inside(at):
                self.add(at, width, verb, None, [(follow, end)])
            elif verb.frame in ("ask", "tell"):
                self.addressed(at, width, verb)
            return
        if codes[at] == "C" and verb.frame == "ask" and before in ".b":
            self.addressed(at, width, verb)
            return

        # "...," said Smith. / The war is over, said the minister.
        look = at
        while look > begin and codes[look - 1] in "A":
            look -= 1
        lead = codes[look - 1] if look > begin else "."
        if codes[at] in "CB" and lead in "Q,-!." and verb.frame in ("say", "quote", "tell", "ask", "think"):
            place = follow
            while place < end and codes[place] == "A":
                place += 1
            subject = self.after(place)
            nxt = codes[subject[1] : subject[1] + 1] if subject else ""
            if subject and (nxt in ("", ",", ".", "-", ";", ":", "h", "p", "Q", "b", "W", "D", "g", "G", "T", "!") or lead == "Q") and look > begin:
                appos = self.appositive(look - 1) if lead in ",-" and codes[look - 2 : look - 1] != "Q" else None
                pieces = codes[begin : look - 1].count(",")
                if lead == "Q" or codes[look - 2 : look - 1] == "Q" or appos is None or pieces == 0 or nxt in ("", "."):
                    left = self.clause_start(look)
                    parts = [(left, look - 1 if lead in ",-" else look)]
                    rest = subject[1]
                    if "Q" in codes[rest:end]:
                        parts.append((codes.index("Q", rest), end))
                    self.add(at, width, verb, subject, parts)
                    return

        subject = self.before(at)
        outer = self.inside(at)
        own = subject is not None and not (codes[at] == "G" and before != "z")
        if subject is None or (codes[subject[0]] in "t" and outer):
            coordinated = bool(re.search(r"[&b][xA]*$", codes[begin:at])) or codes[at] == "G" or before == "T"
            own = False
            if self.found and coordinated:
                previous = self.found[-1]["subject"]
            elif codes[at] == "G" or before == "T" or coordinated:
                previous = self.near_subject(at) if before == "T" else self.main_subject(at)
            else:
                return
            subject = previous
        elif re.search(r"&[xA]*$", codes[begin:at]) and self.found:
            subject, own = self.found[-1]["subject"], False
        elif codes[at] == "G":
            subject = self.found[-1]["subject"] if self.found else self.main_subject(at) or subject

        start = self.content_start(follow, verb.frame)
        first = codes[start] if start < end else "."
        if own:
            edge = subject[0]
            while edge > begin and codes[edge - 1] in "A":
                edge -= 1
            lead = codes[edge - 1] if edge > begin else "."
            closes = start >= end or first in ".;" or (after == "," and not self.opens_quote(follow + 1)) or (
                codes[start - 1] == "," and start > follow and lead in ",Q-!" and first != "Q")
            if lead == "," and codes[edge - 2 : edge - 1] == "Q" or lead in "Q!":
                closes = closes or first not in "tQ" and codes[start - 1] != ":"
                if closes and start < end and first not in "Q.;,":
                    stop = codes.find("Q", start, end)
                    start = stop if stop >= 0 else end
            if lead == "b" and words[edge - 1] == "as" and codes[edge - 2 : edge - 1] == "," and start >= end:
                edge, lead = edge - 1, ","
            beside = lead in "Q!" or lead == "," and codes[edge - 2 : edge - 1] == "Q"
            if lead in ",Q-!" and closes and (beside or verb.frame in ("say", "quote", "tell", "ask", "think")):
                if start >= end and not any(o["subject"] and o["own"] and o["verb"].frame in SPEECH for o in self.found):
                    self.found, outer = [], None  # `..., he said` at the end takes the sentence as a whole
                left = self.clause_start(edge)
                parts = [(left, edge - 1 if lead in ",-" else edge)] if not outer or "Q" in codes[left:edge] else []
                rest = start
                if rest < end and codes[rest] in "Q" or (rest < end and not re.match(r"[GghbT]|,", codes[rest:end])):
                    parts.append((rest, end))
                elif "Q" in codes[rest:end]:
                    parts.append((codes.index("Q", rest), end))
                if parts:
                    self.add(at, width, verb, subject, parts)
                return
        if outer:
            # Inside what someone else is reported to say: a new attribution only where a new clause begins.
            edge = subject[0] if own else at
            lead = codes[edge - 1] if edge > begin else "."
            if codes[at] == "G" and before not in ",&-":
                return
            if own and lead not in ",;-&b:":
                return
            if not own and codes[at] != "G" and before not in "&xAb":
                return
        frame = verb.frame
        if first in "xz" or frame in ("think", "want", "to") and after == "p":
            return
        if frame == "to" and first not in "TtQ":
            return
        if verb.lemma == "add" and not (first in "tPQ" or codes[start - 1] in ",:" or re.search("[xzC]", codes[start:end])):
            return
        if codes[at] == "G" and before not in ",&-.bz" and not (frame in ("say", "tell", "that") and first in "tQ") and not (before == "p" and frame in ("say", "judge", "ask")):
            return
        clause = first in "thT" or (first == "Q") or codes[start - 1] == ":"
        if frame == "quote" and not (first == "Q" or codes[start - 1 : start] == ":" or first == "t"):
            if not ("Q" in codes[start:end]):
                return
            start = codes.index("Q", start)
        elif frame == "that" and not (clause and first != "T"):
            return
        elif frame == "ask" and not (first in "TthQ" or codes[start - 1] in ":,"):
            return
        elif codes[at] == "G" and frame in ("say", "tell") and before in "pD" :
            return
        if start >= end or first == "." :
            return
        self.add(at, width, verb, subject, [(start, self.content_end(start, frame))], own)

    def result(self) -> list[Attribution]:
        p, codes, out = self.p, self.codes, []
        taken: set[int] = set()
        for one in self.found:
            quotes = [i for a, b in one["parts"] for i in range(a, b) if codes[i] == "Q" and i not in taken]
            taken.update(quotes)
            contents = []
            for a, b in one["parts"]:
                run = None
                for i in range(a, b + 1):
                    if i < b and codes[i] not in "Q":
                        run = i if run is None else run
                    elif run is not None:
                        contents += self.words_only(run, i)
                        run = None
            subject = one["subject"]
            out.append(Attribution(
                (p.starts[subject[0]], p.ends[subject[1] - 1]) if subject else None,
                (p.starts[one["cue"]], p.ends[one["cue"] + one["width"] - 1]),
                one["verb"], contents, quotes))
        for at in range(self.begin, self.end):
            if codes[at] == "Q" and at not in taken:
                tag = _UNLISTED.match(codes, at + 1, self.end)
                if tag:
                    subject, cue = tag.span(1), tag.start(2)
                    span = (p.starts[cue], p.ends[cue])
                elif at > self.begin + 1:
                    subject, span = self.main_subject(at), None
                else:
                    continue
                if subject:
                    out.append(Attribution((p.starts[subject[0]], p.ends[subject[1] - 1]), span, None, [], [at]))
        return out

    def words_only(self, a: int, b: int) -> list[tuple[int, int]]:
        """Tokens a to b as a text span without punctuation or a conjunction at its ends; nothing for a single word."""
        codes = self.codes
        while a < b and codes[a] in ",:;-.!&b":
            a += 1
        while b > a and codes[b - 1] in ",:;-.!&":
            b -= 1
        return [(self.p.starts[a], self.p.ends[b - 1])] if b - a >= 2 else []
