"""Describe the JSON as an OpenAPI document, from the very values that are given.

pydantic only writes the schemas of our dataclasses here; it validates nothing.
"""

from typing import Any

from pydantic import TypeAdapter

from crawler.pages.views import VIEWS, Parameter, View

REFERENCE = "#/components/schemas/{model}"
ERROR = {
    "type": "object",
    "properties": {"error": {"type": "string"}},
    "required": ["error"],
    "additionalProperties": False,
}


def openapi(version: str) -> dict[str, Any]:
    """Return the document."""
    adapters = [(view.template, "serialization", TypeAdapter(view.gives)) for view in VIEWS]
    schemas, definitions = TypeAdapter.json_schemas(
        adapters,  # type: ignore[arg-type]  # the mode is one of its two literals
        ref_template=REFERENCE,
    )
    components = {**definitions.get("$defs", {}), "Error": ERROR}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "presswatch",
            "version": version,
            "description": "What the status pages show, as JSON. Read-only.",
        },
        "paths": {
            _path(view): {"get": _operation(view, schemas[view.template, "serialization"])}
            for view in VIEWS
        },
        "components": {
            "schemas": components,
            "securitySchemes": {
                "bearer": {"type": "http", "scheme": "bearer"},
                "basic": {"type": "http", "scheme": "basic"},
            },
        },
        "security": [{}, {"bearer": []}, {"basic": []}],
    }


def _path(view: View) -> str:
    return view.api_path.replace(":int", "")


def _operation(view: View, schema: dict[str, Any]) -> dict[str, Any]:
    return {
        "operationId": view.template.partition(".")[0],
        "summary": view.words,
        "parameters": [_parameter(each) for each in view.parameters],
        "responses": {
            "200": {
                "description": view.words,
                "content": {"application/json": {"schema": schema}},
            },
            "400": _error("The question cannot be understood"),
            "401": {"description": "The token is missing or wrong"},
            "404": _error("There is no such thing"),
            "421": {"description": "This is not a name of this page"},
            "503": _error("The database is busy: ask again"),
        },
    }


def _error(words: str) -> dict[str, Any]:
    schema = {"$ref": REFERENCE.format(model="Error")}
    return {"description": words, "content": {"application/json": {"schema": schema}}}


def _parameter(parameter: Parameter) -> dict[str, Any]:
    return {
        "name": parameter.name,
        "in": "path" if parameter.in_path else "query",
        "required": parameter.in_path,
        "description": parameter.words,
        "schema": parameter.schema,
    }
