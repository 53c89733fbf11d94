"""Write docs/webhook-payload.schema.json: python -m tests.alerts.payload_schema."""

import json
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from alerts.notification import Notification, NotificationKind

PATH = Path(__file__).parents[2] / "docs" / "webhook-payload.schema.json"
ADAPTER = TypeAdapter(Notification)


def payload_schema() -> dict[str, Any]:
    """Return the JSON Schema of what a webhook receives; empty parts are left out there."""
    data = ADAPTER.json_schema(mode="serialization")
    definitions = data.pop("$defs")
    data["properties"].pop("created_at")
    data["required"] = ["kind", "severity", "subject"]
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "presswatch webhook",
        "description": "The body of a webhook (Standard Webhooks). At most 20 kB: long texts "
        "are cut with an ellipsis, long lists are cut. Unknown properties may be added.",
        "type": "object",
        "required": ["type", "timestamp", "data"],
        "properties": {
            "type": {"enum": [f"presswatch.{kind}" for kind in NotificationKind]},
            "timestamp": {"type": "string", "format": "date-time"},
            "data": data,
        },
        "$defs": definitions,
    }


def text() -> str:
    """Return the file's text."""
    return json.dumps(payload_schema(), indent=2, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    PATH.write_text(text(), encoding="utf-8")
