"""What an impact assessment can take from the assets that it is about.

Nothing that somebody typed is ever replaced: only questions without an answer are filled in.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dpdesk.assets.assessed_service import AssetFacts, said_of_purpose
from dpdesk.law import bases
from dpdesk.registers.fields import Values

_SAME = ("new_technology", "large_scale", "monitoring")
"""Questions of the screening that an asset asks in the same words."""


def from_assets(assets: Sequence[AssetFacts]) -> dict[str, object]:
    """Answers by question; those for which the assets say nothing are left out."""
    if not assets:
        return {}
    found: dict[str, object] = {name: _any(assets, name) for name in _SAME}
    found["special"] = "yes" if any(map(_special, assets)) else "no"
    found["automated"] = _any(assets, "automated")
    found["children"] = "yes" if _any(assets, "targeting") == "yes" else None
    owners = {asset.said("owner") for asset in assets} - {""}
    found["owner"] = owners.pop() if len(owners) == 1 else None
    found["need"] = _lines(_purposes(assets))
    found["nature"] = _lines(_nature(assets))
    found["scope"] = _lines(_scope(assets))
    found["basis"] = _lines(_bases(assets))
    found["informed"] = _lines(_informed(assets))
    found["suppliers"] = _lines(_suppliers(assets))
    found["quality"] = _lines(_measures(assets))
    return {name: value for name, value in found.items() if value}


def _any(assets: Sequence[AssetFacts], name: str) -> str | None:
    """Yes if one asset says so; no if all say that; nothing otherwise."""
    said = [asset.values.get(name) for asset in assets]
    if "yes" in said:
        return "yes"
    return "no" if all(each == "no" for each in said) else None


def _special(asset: AssetFacts) -> bool:
    return bool(bases.special(asset.values.get("data_kinds")))


def _lines(lines: Iterator[str]) -> str:
    return "\n".join(dict.fromkeys(line for line in lines if line))


def _purposes(assets: Sequence[AssetFacts]) -> Iterator[str]:
    for asset in assets:
        for purpose in asset.purposes:
            yield f"{asset.title}: {said_of_purpose(purpose, 'purpose')}"


def _nature(assets: Sequence[AssetFacts]) -> Iterator[str]:
    for asset in assets:
        yield _told("Comes from", asset.said("origins"), asset.said("origin_words"))
        yield _told("Kept in", asset.said("places"), asset.said("place_words"), *_systems(asset))
        yield _told("Used by", asset.said("carried_out"))
        yield _told("Shared with", asset.said("recipients"), asset.said("recipients_other"))


def _scope(assets: Sequence[AssetFacts]) -> Iterator[str]:
    for asset in assets:
        yield _told("Kinds of data", asset.said("data_kinds"), asset.said("data_other"))
        yield _told("About", asset.said("people_kinds"), asset.said("people_other"))
        yield _told("People, roughly", asset.said("people_count"))
        yield _told("Kept for", asset.kept_for)


def _bases(assets: Sequence[AssetFacts]) -> Iterator[str]:
    for asset in assets:
        for purpose in asset.purposes:
            said = [said_of_purpose(purpose, name) for name in ("basis", "art9", "sch1")]
            words = "; ".join(each for each in said if each)
            if words:
                yield f"{said_of_purpose(purpose, 'purpose')}: {words}"


def _informed(assets: Sequence[AssetFacts]) -> Iterator[str]:
    for asset in assets:
        yield _told("Told in", asset.said("notice"))


def _suppliers(assets: Sequence[AssetFacts]) -> Iterator[str]:
    for asset in assets:
        yield _told("Suppliers", asset.said("processors"), *_suppliers_of(asset))
        yield _told("Outside the UK", asset.said("countries"), asset.said("safeguards"))


def _measures(assets: Sequence[AssetFacts]) -> Iterator[str]:
    for asset in assets:
        yield _told("Protected by", asset.said("measures"), asset.said("measures_words"))


def _systems(asset: AssetFacts) -> Iterator[str]:
    return (str(system["name"]) for system in asset.systems)


def _suppliers_of(asset: AssetFacts) -> Iterator[str]:
    for system in asset.systems:
        if system.get("processor") == "yes" and system.get("supplier"):
            yield str(system["supplier"])


def _told(head: str, *words: str) -> str:
    said = "; ".join(dict.fromkeys(word for word in words if word))
    return f"{head}: {said}" if said else ""


def filled(values: Values, before: Values, assets: Sequence[AssetFacts]) -> Values:
    """The answers with what the assets say, where they were linked just now."""
    linked, were = values.get("assets") or (), before.get("assets") or ()
    if set(linked) == set(were):
        return values
    fresh = {k: v for k, v in from_assets(assets).items() if values.get(k) in (None, "", ())}
    return {**values, **fresh}
