"""What the shapes found."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from kg.findings import SEVERITIES
from kg.store import Store
from kg.views.findings import PAGE
from kg.views.findings import findings as view_findings

if TYPE_CHECKING:
    from kg.pages import Asked

_NUMBER: Final = re.compile(r"[0-9]{1,7}")


def findings(store: Store, asked: Asked) -> tuple[str, dict[str, object]]:
    """What was found when the store was last checked."""
    severity, offset = asked.value("severity"), asked.value("offset")
    chosen = severity if severity in SEVERITIES else ""
    found = view_findings(
        store, language=asked.language, severity=chosen, offset=int(offset) if _NUMBER.fullmatch(offset) else 0
    )
    return "findings.html", {"findings": found, "severity": chosen, "page_size": PAGE}
