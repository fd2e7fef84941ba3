"""What belongs to a row, gathered into one JSON list by the database, so that it costs no statement of its own."""

from __future__ import annotations

from typing import Any

from django.db.models import JSONField, QuerySet, Subquery
from django.db.models.functions import JSONObject


class Gathered(Subquery):
    """The rows of a query that names ``OuterRef`` as a list of objects; ``[]`` where there are none.

    ``columns`` are the names in the objects and what they hold, as ``JSONObject`` takes them. The order and the bound
    of the query are kept; dates and decimals come as the database writes them into JSON.
    """

    output_field = JSONField()

    def __init__(self, rows: QuerySet[Any], **columns: Any) -> None:
        super().__init__(rows.values(gathered_line=JSONObject(**columns)))

    def as_sql(self, compiler: Any, connection: Any, **context: Any) -> Any:  # type: ignore[override]
        template = (
            "(SELECT COALESCE(jsonb_agg(rows_.gathered_line), '[]'::jsonb) FROM (%(subquery)s) rows_)"
            if connection.vendor == "postgresql"
            else "(SELECT json_group_array(json(rows_.gathered_line)) FROM (%(subquery)s) rows_)"
        )
        return super().as_sql(compiler, connection, template=template, **context)
