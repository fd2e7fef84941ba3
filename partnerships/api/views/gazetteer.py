"""Places of the world by any of their names, whether or not the registry has anything about them."""

from __future__ import annotations

from django.http.response import HttpResponseBase
from rest_framework.response import Response

from partnerships.api import documentation
from partnerships.api.parameters import Asked
from partnerships.api.serializers.gazetteer import PlacesSerializer
from partnerships.api.views.base import PublicRead
from partnerships.filters.gazetteer import PlaceFilter
from partnerships.selectors import gazetteer, lookup

MOST = 20
ATTRIBUTION = "Places, names and figures: GeoNames (https://www.geonames.org/), CC BY 4.0."


@documentation.described("places", "Places of the world by any of their names", PlacesSerializer, question=PlaceFilter)
class PlaceLookup(PublicRead):
    """Accents, case, script and small typing errors make no difference. Places are reference data: ``jurisdiction``
    says which of them are on record."""

    question = PlaceFilter

    def version(self) -> str:
        return gazetteer.version()

    def answer(self, asked: Asked, **address: str) -> HttpResponseBase:
        said = asked.filter.form.cleaned_data
        found = gazetteer.find(said["q"], said["country"], MOST)
        known = {"q": said["q"], "attribution": ATTRIBUTION, "source": gazetteer.edition().source, "results": found}
        return Response(PlacesSerializer(known, context={"known": lookup.accepted(found)}).data)
