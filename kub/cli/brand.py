"""python -m kub brand: what brand.toml says, or what is wrong in it."""

import typer

from kub import brand as brands
from kub import look, words
from kub.cli import console, options
from kub.exports.logo import drawn
from kub.shipped import data_folder
from kub.words import Words


def brand(lang: options.Lang = "id") -> None:
    """Periksa tampilan kantor sendiri: nama, logo, dan warna. Check a look of the office's own:
    name, logo and colours.
    """
    w = words.of(lang)
    # Read now: the file may have been mended since this process began.
    here = look.brand_in(data_folder())
    path = console.harmless(here.path)
    if not here.is_there:
        console.say(w("brand.none", path=path))
        console.say(w("brand.example"))
        return
    for fault in here.faults:
        console.warn(_text(fault, w))
    if here.faults:
        console.say(w("brand.own", path=path))
        raise typer.Exit(1)
    _describe(here, w)
    for hint in here.hints:
        console.warn(_text(hint, w))
    if here.logo and not drawn(here.logo):
        console.warn(w("brand.fault.logo_undrawn", file=here.logo.path.name))
    console.say(w("brand.good", path=path))


def _text(fault: brands.Fault, w: Words) -> str:
    values = dict(fault.values)
    if "sector" in values:
        values["sector"] = w(f"sector.{values['sector']}")
    # Values are what somebody wrote into the file.
    shown = {
        key: value if isinstance(value, int | float) else console.harmless(value)
        for key, value in values.items()
    }
    return w(f"brand.fault.{fault.key}", **shown)


def _describe(here: brands.Brand, w: Words) -> None:
    if here.name:
        console.say(w("brand.name", name=console.harmless(here.name)))
    if here.logo:
        kb = max(1, round(len(here.logo.content) / 1000))
        console.say(w("brand.logo", file=here.logo.path.name, kb=kb))
    for key, role in (("accent", "accent"), ("second", "against")):
        if role in here.light:
            console.say(w(f"brand.{key}", light=here.light[role], dark=here.dark[role]))
