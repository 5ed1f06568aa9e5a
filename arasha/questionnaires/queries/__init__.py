"""What others may ask about forms."""

from arasha.questionnaires.queries.catalogue import (
    Record,
    Volume,
    may_publish_forms,
    newest_titles,
    records,
    shelf,
    volume,
)
from arasha.questionnaires.queries.checking import faults_of, shipped
from arasha.questionnaires.queries.versions import (
    Published,
    VersionNotFound,
    about_of,
    current,
    form_of,
    life_of,
    newest,
    version,
    versions,
)

__all__ = [
    "Published",
    "Record",
    "VersionNotFound",
    "Volume",
    "about_of",
    "current",
    "faults_of",
    "form_of",
    "life_of",
    "may_publish_forms",
    "newest",
    "newest_titles",
    "records",
    "shelf",
    "shipped",
    "version",
    "versions",
    "volume",
]
