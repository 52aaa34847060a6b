"""A kind's fields in, the strict pydantic model of its facts out."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, create_model

from docgen.library.schema import FieldSpec, KindSpec
