"""Whatever is typed or sent: a form leads to a page of this site, and a secret opens one session."""

from __future__ import annotations

from base64 import urlsafe_b64encode
from urllib.parse import urljoin, urlsplit

from hypothesis import example, given
from hypothesis import strategies as st

from keten.web.fields import Fields
from keten.web.origin import is_from_here, safe_address
from keten.workspace.passwords import check_password
from keten.workspace.tokens import is_secret, make_token, mask_secret

BASE = "https://site.example/nl/sign-in"
pieces = st.lists(
    st.sampled_from(
        ["/nl/", "/en/", "/", "//", "\\", "..", ".", "evil.example", "@", ":", "https:", "?", "#",
         "%2f", "%5c", "\t", "\n", " ", "javascript:", "next=", "&", "é"]
    ),
    max_size=8,
).map("".join)  # fmt: skip


@given(st.one_of(st.text(), pieces, pieces.map(lambda text: "/nl/" + text)))
@example("//evil.example")
@example("/nl/../..//evil.example")
@example("/\\evil.example")
@example("/nl/\n//evil.example")
def test_a_form_leads_on_within_this_site(address: str) -> None:
    onward = safe_address(address, "/en/")
    there = urlsplit(urljoin(BASE, onward))
    assert (there.scheme, there.netloc) == ("https", "site.example")
    assert there.path.startswith(("/nl/", "/en/"))
    assert onward in {address, "/en/"}
    assert not set("\r\n\t\\") & set(onward)


@given(st.text(alphabet=st.characters(codec="ascii"), max_size=40), st.text(max_size=40))
@example("site.example", "same-origin")
@example("[", "")
@example("site.example:443", "none")
def test_another_origin_is_never_this_one(origin: str, site: str) -> None:
    headers = {"origin": f"https://{origin}", "host": "site.example"}
    is_ours = origin in {"site.example", "public.example"}
    assert is_from_here(headers, "https://public.example/keten") == is_ours
    assert is_from_here({"sec-fetch-site": site, **headers}, "") == (site == "same-origin")
    assert not is_from_here({"origin": origin, "host": ""}, "")


@given(st.text(max_size=100), st.binary(min_size=64, max_size=64))
def test_a_secret_opens_its_own_session_alone(junk: str, noise: bytes) -> None:
    mine, other = make_token(), make_token()
    assert is_secret(mine, mask_secret(mine))
    assert mask_secret(mine) != mask_secret(mine)
    assert not is_secret(other, mask_secret(mine))
    assert not is_secret(mine, junk)
    assert not is_secret(mine, urlsafe_b64encode(noise).decode())


@given(st.lists(st.tuples(st.text(max_size=5), st.text(max_size=20)), max_size=10))
def test_fields_are_what_was_sent(pairs: list[tuple[str, str]]) -> None:
    fields = Fields(pairs)
    assert set(fields) == {name for name, _ in pairs}
    assert sum(len(fields.all(name)) for name in fields) == len(pairs)
    assert all("\r" not in text for name in fields for text in fields.all(name))


@given(st.text(alphabet=st.characters(codec="ascii", categories=("Ll",)), min_size=12, max_size=60))
def test_small_letters_alone_will_do(password: str) -> None:
    if len(set(password)) > 6 and "abcdef" not in password:
        assert check_password(password) == password
