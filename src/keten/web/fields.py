"""The fields of a form as they were sent: read up to a limit, in the one encoding of forms here."""

from collections.abc import AsyncGenerator, Iterable, Iterator, Mapping
from urllib.parse import parse_qsl

from fastapi import Request
from starlette.datastructures import UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser

from keten.errors import UsageError

MOST_BYTES = 256_000
MOST_FIELDS = 1_000
CSRF = "csrf"
# Never shown again to whoever typed them.
_SECRET = frozenset({CSRF, "password", "old", "new", "token", "back", "next"})


class MissingFieldError(KeyError):
    """A handler asked for a field that the form did not bring."""


class Fields(Mapping[str, str]):
    """Name to text; of a name that came more than once the last, and `all` of them."""

    def __init__(
        self, pairs: Iterable[tuple[str, str]] = (), file: tuple[str, bytes] | None = None
    ) -> None:
        self.file = file  # the name and content of the one that came along
        self._texts: dict[str, list[str]] = {}
        for name, text in pairs:
            # Browsers end lines in their own way; what is kept does not depend on it.
            plain = text.replace("\r\n", "\n").replace("\r", "\n")
            self._texts.setdefault(name, []).append(plain)

    def __getitem__(self, name: str) -> str:
        """Give the text of a field; raises MissingFieldError, which the visitor reads as a bad form."""
        try:
            return self._texts[name][-1]
        except KeyError:
            raise MissingFieldError(name) from None

    def __iter__(self) -> Iterator[str]:
        """Go through the names."""
        return iter(self._texts)

    def __len__(self) -> int:
        """Give how many names there are."""
        return len(self._texts)

    def all(self, name: str) -> list[str]:
        """Give every text that came under a name, as ticked boxes do."""
        return list(self._texts.get(name, ()))

    def typed(self) -> list[tuple[str, str]]:
        """Give what a person typed, to give it back where it could not be kept."""
        return [
            (name, text)
            for name, texts in self._texts.items()
            for text in texts
            if name not in _SECRET and text.strip()
        ]


async def read_fields(request: Request) -> Fields:
    """Read the fields of a form.

    Raises: UsageError (413, 415) where they are too large, or come in another encoding.
    """
    kind = request.headers.get("content-type", "").split(";")[0].strip().lower()
    if kind not in {"", "application/x-www-form-urlencoded"}:
        raise _refusal(415, f"A form cannot come as '{kind[:60]}'.", "Send it url-encoded.")
    body = bytearray()
    async for part in request.stream():
        body += part
        if len(body) > MOST_BYTES:
            raise _refusal(413, "The form holds too much text.", "Send it in smaller parts.")
    if body and not kind:
        raise _refusal(415, "A form cannot come without saying what it is.", "Send it url-encoded.")
    try:
        pairs = parse_qsl(
            body.decode("utf-8"),
            keep_blank_values=True,
            errors="strict",
            max_num_fields=MOST_FIELDS,
        )
    except ValueError as error:
        raise _refusal(400, "The form cannot be read.", "Go back and try it again.") from error
    return Fields(pairs)


async def read_upload(request: Request, most_bytes: int) -> Fields:
    """Read the fields of a form that brings one file.

    Raises: UsageError (413, 415) where they are too large, or come in another encoding.
    """
    kind = request.headers.get("content-type", "").split(";")[0].strip().lower()
    if kind != "multipart/form-data":
        return await read_fields(request)
    taken = 0

    async def limited() -> AsyncGenerator[bytes, None]:
        nonlocal taken
        async for part in request.stream():
            taken += len(part)
            if taken > most_bytes + MOST_BYTES:
                raise _refusal(
                    413, f"The file has more than {most_bytes} bytes.", "Send a smaller one."
                )
            yield part

    try:
        parser = MultiPartParser(
            request.headers, limited(), max_files=1, max_fields=100, max_part_size=MOST_BYTES
        )
        form = await parser.parse()
    except (MultiPartException, KeyError, ValueError) as error:
        raise _refusal(400, "The form cannot be read.", "Go back and try it again.") from error
    file: tuple[str, bytes] | None = None
    pairs: list[tuple[str, str]] = []
    for name, value in form.multi_items():
        if isinstance(value, UploadFile):
            content = await value.read()
            if value.filename or content:
                file = (value.filename or "", content)
            await value.close()
        else:
            pairs.append((name, value))
    return Fields(pairs, file)


def _refusal(status: int, what: str, next_step: str) -> UsageError:
    error = UsageError(what, next_step)
    error.http_status = status
    return error
