"""One file of an article, or of several: plain text, saved page, office document."""

from __future__ import annotations

import gzip
import io
import logging
import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from ..tables import IdlibkitError
from .encodings import Decoded, Decoding, decode, decode_page
from .kinds import PAGES, ending_of
from .libraries import articles_in_page, articles_in_text, signs_of_several
from .pages import read_page

__all__ = ["Document", "read_document"]


@dataclass(frozen=True, slots=True)
class Document:
    """What a file holds: a row for each article, with `raw`, or `text` if clean."""

    rows: list[dict[str, str]]
    decoding: Decoding = Decoding.SOUND
    several: str | None = None  # what shows several articles where only one was read
    reason: str | None = None  # why there is no article


def read_document(data: bytes, name: str) -> Document:
    """The articles of one file, by its ending.

    Raises
    ------
    UnicodeError
        With the reason, where nothing can be read.
    """
    if name.lower().endswith(".gz"):
        data = _unzipped(data)
    ending = ending_of(name)
    if ending in PAGES:
        return _page(_unpacked(data) if ending in (".mhtml", ".mht") else data)
    if ending == ".txt":
        decoded = decode(data)
    else:
        try:
            decoded = Decoded(_OFFICE[ending](data))
        except (UnicodeError, IdlibkitError):
            raise
        # any file at all may come in; one must not end the reading of a thousand
        except Exception as error:
            raise UnicodeError(
                f"it is no sound {ending} file ({type(error).__name__}); save its text "
                "as .txt"
            ) from error
    return _text(decoded)


def _text(decoded: Decoded) -> Document:
    text = decoded.text
    rows = articles_in_text(text)
    if rows:
        return Document(rows, decoded.decoding)
    if not _visible(text):
        return Document([], decoded.decoding, reason="it is blank")
    return Document([{"raw": text}], decoded.decoding, signs_of_several(text))


def _page(data: bytes) -> Document:
    decoded = decode_page(data)
    rows = articles_in_page(decoded.text)
    if rows:
        return Document(rows, decoded.decoding)
    facts = read_page(decoded.text)
    if not _visible(facts["raw"]):
        reason = "it is blank"
        if _visible(decoded.text):
            reason = "no article found in the page; save its text as .txt"
        return Document([], decoded.decoding, reason=reason)
    return Document([facts], decoded.decoding, signs_of_several(facts["raw"]))


def _visible(text: str) -> bool:
    return re.search(r"\w", text) is not None


def _unzipped(data: bytes) -> bytes:
    try:
        return gzip.decompress(data)
    except (OSError, EOFError) as error:
        raise UnicodeError(f"it cannot be unzipped ({error})") from error


def _unpacked(data: bytes) -> bytes:
    """The page inside a web archive of one file (MHTML), as browsers save it."""
    from email import message_from_bytes, policy

    message = message_from_bytes(data, policy=policy.default)
    for part in message.walk():
        if part.get_content_type() == "text/html":
            payload = part.get_payload(decode=True)
            charset = part.get_content_charset() or "utf-8"
            if isinstance(payload, bytes):
                return _recoded(payload, charset)
    raise UnicodeError("no page is in this web archive; save the page as .html")


def _recoded(payload: bytes, charset: str) -> bytes:
    try:
        return payload.decode(charset).encode("utf-8", "replace")
    except (UnicodeDecodeError, LookupError):
        return payload


def _needs(module: str, kind: str, error: ImportError) -> IdlibkitError:
    return IdlibkitError(
        f"reading {kind} needs {module} ({error}). Install it with: "
        "python -m pip install 'idlibkit[files]'"
    )


def _docx(data: bytes) -> str:
    """The paragraphs of a Word document, those of its tables among them."""
    try:
        import docx
    except ImportError as error:
        raise _needs("python-docx", "Word documents", error) from error
    try:
        document: Any = docx.Document(io.BytesIO(data))
    except (zipfile.BadZipFile, KeyError, ValueError) as error:
        raise UnicodeError(
            "it is no sound Word document; save its text as .txt"
        ) from error
    return "\n\n".join(_paragraphs(document))


def _paragraphs(document: Any) -> list[str]:
    texts = []
    for block in document.iter_inner_content():
        if hasattr(block, "text"):
            texts.append(block.text)
        else:
            texts += [cell.text for row in block.rows for cell in row.cells]
    return texts


def _pdf(data: bytes) -> str:
    """The text of each page of a PDF, a form feed between."""
    try:
        import pypdf
    except ImportError as error:
        raise _needs("pypdf", "PDF files", error) from error
    try:
        pages = pypdf.PdfReader(io.BytesIO(data)).pages
        text = "\f".join(page.extract_text() for page in pages)
    except pypdf.errors.PyPdfError as error:
        raise UnicodeError(
            f"it is no sound PDF ({error}); save its text as .txt"
        ) from error
    if not _visible(text):
        raise UnicodeError("it is a PDF of pictures; have its letters recognised")
    return text


def _rtf(data: bytes) -> str:
    try:
        from striprtf.striprtf import rtf_to_text
    except ImportError as error:
        raise _needs("striprtf", "RTF documents", error) from error
    if not data.lstrip().startswith(b"{\\rtf"):
        raise UnicodeError("it is no RTF document; save its text as .txt")
    text: str = rtf_to_text(data.decode("latin-1"), errors="replace")
    return text


# What pypdf would say on stderr is said in our own words.
logging.getLogger("pypdf").addHandler(logging.NullHandler())

_OFFICE: dict[str, Callable[[bytes], str]] = {
    ".docx": _docx,
    ".pdf": _pdf,
    ".rtf": _rtf,
}
