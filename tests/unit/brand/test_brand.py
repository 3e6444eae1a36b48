"""brand.toml: what it may say, what is wrong in it, and the colours made of two."""

import json
import os
import subprocess
import sys
from dataclasses import asdict, replace
from itertools import pairwise
from pathlib import Path

import pytest
from coloraide import Color

from kub import look
from kub.brand import FILE, Brand
from kub.store.versions import ROOT

GOOD = 'name = "KUB Kendal"\naccent = "#7A1F3D"\nsecond = "#00677A"\n'
# Of many hues: what two colours make of the others must hold for whatever an office chooses.
PAIRS = [
    ("#7A1F3D", "#00677A"),
    ("#0B5D2A", "#7A2FA0"),
    ("#1B3FA0", "#A34A00"),
    ("#5B2A86", "#8A5A00"),
    ("#222222", "#A3361B"),
    ("#8C1515", "#00677A"),
    ("#8B1A1A", "#7F6208"),  # deep red and gold, which on the dark ground are both light
]


def brand(folder: Path, text: str | bytes) -> Brand:
    content = text.encode() if isinstance(text, str) else text
    (folder / FILE).write_bytes(content)
    return look.brand_in(folder)


def faults(here: Brand) -> list[str]:
    return [fault.key for fault in here.faults]


def palettes(here: Brand) -> tuple[look.Palette, look.Palette]:
    return replace(look.OWN_LIGHT, **here.light), replace(look.OWN_DARK, **here.dark)


def contrast(color: str, ground: str) -> float:
    return float(Color(color).contrast(ground, method="wcag21"))


def test_without_a_file_there_is_our_own_look(tmp_path: Path) -> None:
    for folder in (tmp_path, tmp_path / "nowhere"):
        here = look.brand_in(folder)
        assert not here.is_there and not here.faults
        assert palettes(here) == (look.OWN_LIGHT, look.OWN_DARK)


def test_an_empty_file_and_a_name_alone_are_right(tmp_path: Path) -> None:
    assert brand(tmp_path, "").faults == ()
    here = brand(tmp_path, '\ufeffname = " KUB Kendal "')
    assert (here.name, here.faults, here.light, here.logo) == ("KUB Kendal", (), {}, None)


def test_a_brand_says_name_logo_and_colours(tmp_path: Path) -> None:
    (tmp_path / "logo.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"/>')
    here = brand(tmp_path, f'{GOOD}logo = "logo.svg"')
    assert here.faults == () and here.name == "KUB Kendal" and here.logo
    light, _ = palettes(here)
    assert (light.accent, light.against) == ("#7A1F3D", "#00677A")


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (b'name = "\xff"', "encoding"),
        ("name = KUB", "toml"),
        ('name = """KUB', "toml_end"),
        ('nama = "KUB"', "unknown"),
        ("name = 5", "text"),
        ('name = ""', "name"),
        (f'name = "{"K" * 29}"', "name"),
        ('name = "a\\nb"', "name"),
        ('accent = "red"', "colour"),
        ('accent = "#12345"', "colour"),
        ('accent = "#9ACD32"', "contrast"),
        ('second = "#F2C94C"', "contrast"),
        ('accent = "#A33A1B"\nsecond = "#A8431B"', "alike"),
        ('accent = "#A8431B"', "alike"),
        ('logo = "logo.svg"', "logo_missing"),
        ("#" * 11_000, "large"),
    ],
)
def test_what_is_wrong_leaves_the_whole_file_unused(
    tmp_path: Path, text: str | bytes, fault: str
) -> None:
    here = brand(tmp_path, text)
    assert faults(here) == [fault]
    assert here.is_there and (here.name, here.logo, here.light, here.dark) == ("", None, {}, {})


def test_every_fault_is_said_at_once(tmp_path: Path) -> None:
    text = 'nama = "x"\nname = ""\naccent = "red"\nsecond = "#F2C94C"\nlogo = "../x.png"'
    assert faults(brand(tmp_path, text)) == ["unknown", "name", "colour", "contrast", "logo_name"]


def test_a_folder_in_the_place_of_the_file_is_a_fault(tmp_path: Path) -> None:
    (tmp_path / FILE).mkdir()
    assert faults(look.brand_in(tmp_path)) == ["unreadable"]


@pytest.mark.parametrize("pale", ["#9ACD32", "#F2C94C", "#7FB3D5", "#FFFFFF", "#6F8F00"])
def test_the_colour_that_is_offered_instead_is_right(tmp_path: Path, pale: str) -> None:
    [fault] = brand(tmp_path, f'accent = "{pale}"').faults
    better = str(fault.values["better"])
    here = brand(tmp_path, f'accent = "{better}"\nsecond = "#7A1F3D"')
    assert "contrast" not in faults(here)


@pytest.mark.parametrize(("accent", "second"), PAIRS)
def test_colours_of_a_brand_keep_the_promises_of_ours(
    tmp_path: Path, accent: str, second: str
) -> None:
    here = brand(tmp_path, f'accent = "{accent}"\nsecond = "{second}"')
    assert here.faults == ()
    for p in palettes(here):
        for ground in (p.background, p.surface):
            for letters in (p.accent, p.against, p.guest):
                assert contrast(letters, ground) >= 4.5, (letters, ground)
        chosen = Color(p.accent).mix(p.background, 0.9, space="srgb").to_string(hex=True)
        assert contrast(p.accent, chosen) >= 4.4
        assert contrast(p.ink, p.tint) >= 4.5
        heights = [contrast(step, p.background) for step in p.steps]
        assert heights == sorted(heights)
        assert min(Color(a).delta_e(b, method="2000") for a, b in pairwise(p.steps)) >= 9
        sides = (p.accent, p.against)
        for eye in ("protan", "deutan", "tritan"):
            first, other = (Color(c).filter(eye).clip("srgb") for c in sides)
            assert first.delta_e(other, method="2000") >= 10, (eye, sides)


@pytest.mark.parametrize(("accent", "second"), [*PAIRS, (look.OWN_LIGHT.accent, "#A3361B")])
def test_no_colour_of_a_brand_stands_for_two_things(
    tmp_path: Path, accent: str, second: str
) -> None:
    light, dark = palettes(brand(tmp_path, f'accent = "{accent}"\nsecond = "{second}"'))
    every = [
        color
        for p in (light, dark)
        for color in [*p.steps, *(c for c in asdict(p).values() if isinstance(c, str))]
    ]
    # The browser turns charts over by colour: each has one meaning (look.swap).
    assert len(set(every)) == len(every)
    assert not set(every) & set(look.SECTORS.values())


@pytest.mark.parametrize("accent", ["#8B1A1A", "#7A1F3D", "#A3361B"])
def test_a_loss_never_looks_like_a_gain(tmp_path: Path, accent: str) -> None:
    here = brand(tmp_path, f'accent = "{accent}"\nsecond = "#00677A"')
    assert here.faults == ()
    for p in palettes(here):
        assert contrast(p.negative, p.background) >= 4.5
        assert Color(p.accent).delta_e(p.negative, method="2000") >= 15
        for eye in ("protan", "deutan", "tritan"):
            gain, loss = (Color(c).filter(eye).clip("srgb") for c in (p.accent, p.negative))
            assert gain.delta_e(loss, method="2000") >= 10, eye


def test_a_loss_stays_red_beside_other_accents(tmp_path: Path) -> None:
    here = brand(tmp_path, 'accent = "#1B3FA0"\nsecond = "#A34A00"')
    assert "negative" not in here.light and "negative" not in here.dark


def test_a_colour_like_a_sectors_is_used_and_said(tmp_path: Path) -> None:
    here = brand(tmp_path, 'accent = "#2F62C9"\nsecond = "#7A1F3D"')
    assert here.faults == () and here.light["accent"] == "#2F62C9"
    assert [(hint.key, hint.values["sector"]) for hint in here.hints] == [("sector", "laundry")]


_SHOWN = """
import json
from datetime import date
from kub import look
from kub.exports.pack import Pack
from kub.exports.site.assets import assets
from kub.ui import assets as screen
from kub.web import brand
pack = Pack("T", "S", "id", (), "v", False, (), date(2026, 1, 1))
css = screen._files()["style.css"].decode()
print(json.dumps({
    "product": brand.product("Batang"), "accent": look.LIGHT.accent, "settings": list(pack.settings()),
    "swap": look.swap()[look.LIGHT.accent] == look.DARK.accent, "css": css[css.rindex(":root {"):],
    "icon": assets().icon, "site": assets().files[assets().style].decode().count(look.LIGHT.accent),
    "default": css.endswith(screen.STYLES[-1].read_text("utf-8")),
}))
"""


def shown(folder: Path) -> dict[str, object]:
    """What a process shows on this data folder."""
    done = subprocess.run(
        [sys.executable, "-c", _SHOWN],
        cwd=ROOT,
        env=os.environ | {"KUB_DATA": str(folder)},
        capture_output=True,
        check=True,
    )
    made: dict[str, object] = json.loads(done.stdout)
    return made


def test_screen_packs_and_site_follow(tmp_path: Path) -> None:
    (tmp_path / "logo.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"/>')
    brand(tmp_path, f'{GOOD}logo = "logo.svg"')
    seen = shown(tmp_path)
    assert (seen["product"], seen["accent"], seen["swap"]) == ("KUB Kendal", "#7A1F3D", True)
    assert ["Dasbor", "KUB Kendal"] in seen["settings"]  # type: ignore[operator]
    css = str(seen["css"])
    assert "--kub-accent: light-dark(#7A1F3D, #" in css and "%237A1F3D" in css
    assert '.kub-brand::before { background: url("data:image/svg+xml;base64,' in css
    assert int(str(seen["site"])) >= 2


def test_what_is_wrong_shows_our_own_look(tmp_path: Path) -> None:
    brand(tmp_path, f'{GOOD}logo = "logo.svg"')
    seen = shown(tmp_path)
    assert (seen["product"], seen["accent"]) == ("KUB Batang", look.OWN_LIGHT.accent)
    assert seen["default"] is True
