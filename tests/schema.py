"""The Bot API's schema, as an independent library knows it: a checker for every request the bot sends."""

import inspect
from functools import cache
from types import UnionType
from typing import Any, Union, get_args, get_origin

import aiogram.methods
from aiogram.methods import TelegramMethod
from pydantic import BaseModel, ValidationError

# PTB splits an upload from its parameter, so a file is named by what the server puts in its place.
_UPLOAD = "attach://"


@cache
def _model(method: str) -> type[BaseModel] | None:
    name = method[:1].upper() + method[1:]
    model = getattr(aiogram.methods, name, None)
    return model if inspect.isclass(model) and issubclass(model, TelegramMethod) else None


def check(method: str, params: dict[str, Any]) -> list[str]:
    """Return what is wrong with *params*; nothing is wrong with an empty list."""
    model = _model(method)
    if model is None:
        return [f"no such method: {method}"]
    complaints = _unknown(model, params, method)
    try:
        model.model_validate(params)
    except ValidationError as error:
        complaints += [f"{'.'.join(map(str, each['loc']))}: {each['msg']}" for each in error.errors()]
    return complaints


def _unknown(model: type[BaseModel], value: dict[str, Any], path: str) -> list[str]:
    """Return the keys that *model* does not have, at any depth."""
    names = {field.alias or name: field.annotation for name, field in model.model_fields.items()}
    complaints = [f"{path}: unknown {key!r}" for key in value if key not in names]
    for key, inner in value.items():
        if key in names:
            complaints += _unknown_inside(names[key], inner, f"{path}.{key}")
    return complaints


def _unknown_inside(annotation: Any, value: Any, path: str) -> list[str]:
    if isinstance(value, list):
        return [
            complaint
            for number, item in enumerate(value)
            for complaint in _unknown_inside(_item(annotation, value), item, f"{path}[{number}]")
        ]
    if not isinstance(value, dict):
        return []
    # Of several models that may stand here, the one with the fewest complaints was meant.
    verdicts = [_unknown(model, value, path) for model in _models(annotation)]
    return min(verdicts, key=len, default=[])


def _item(annotation: Any, value: list[Any]) -> Any:
    if get_origin(annotation) is list:
        return get_args(annotation)[0]
    inner = [arg for part in _parts(annotation) if get_origin(part) is list for arg in get_args(part)]
    return Union[tuple(inner)] if inner else Any  # noqa: UP007 - built at run time


def _models(annotation: Any) -> list[type[BaseModel]]:
    return [part for part in _parts(annotation) if inspect.isclass(part) and issubclass(part, BaseModel)]


def _parts(annotation: Any) -> list[Any]:
    if get_origin(annotation) in {Union, UnionType}:
        return [inner for arg in get_args(annotation) for inner in _parts(arg)]
    return [annotation]
