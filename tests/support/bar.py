"""The filter bar as a test sees it: what a run of the script says, and the options that it leads to."""

import json
from dataclasses import dataclass
from typing import Any

from streamlit.testing.v1 import AppTest

from kub import words
from kub.ui import filter_route
from kub.ui.data import data


@dataclass(frozen=True)
class Bar:
    """state: what the component got; offer: what it fetches."""

    state: dict[str, Any]
    offer: dict[str, Any]

    def value(self, name: str) -> Any:
        """What is chosen: a list of codes, a year or a code."""
        return self.state["programme"] if name == "programme" else self.state["chosen"][name]

    def label(self, name: str) -> str:
        """The accessible name of a control."""
        return str(self.offer["words"][name])

    def options(self, name: str) -> list[str]:
        """What can be chosen there, as it is read; of villages those in the chosen districts.

        Raises TypeError where they are searched for instead.
        """
        if name in ("since", "until"):
            return [str(year) for year in self.offer["years"]]
        if name == "denominator":
            shown = self.offer["targets"] or self.value(name) != "regency"
            return [option["label"] for option in self.offer["denominators"]] if shown else []
        districts = self.value("districts") if name == "villages" else []
        options = self.offer["programmes" if name == "programme" else name]
        return [
            option["label"]
            for option in options
            if not districts or option["code"].rpartition(".")[0] in districts
        ]

    @property
    def analyst(self) -> bool | None:
        """Whether the analyst's view is on; None where there is no switch."""
        return self.state.get("analyst")


def bar(app: AppTest) -> Bar:
    """The bar beside the page that AppTest has run."""
    components = [json.loads(element.proto.json or "{}") for element in app.get("bidi_component")]
    [state] = [data for data in components if "options" in data and "chosen" in data]
    offer = filter_route.offered(data(), state["programme"], words.of(state["lang"]))
    return Bar(state, json.loads(json.dumps(offer)))
