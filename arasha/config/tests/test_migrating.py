"""Additions go into the models that are made already, and come to the same models as Django's way."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import models
from django.db.migrations.state import ModelState, ProjectState

from arasha.config.migrating import AddingState, Executor

Change = Callable[[ProjectState], None]
KEY = [("id", models.BigAutoField(primary_key=True))]


def point(to: str) -> "models.ForeignKey[Any, Any]":
    return models.ForeignKey(to, on_delete=models.PROTECT, related_name="+")


def model(called: str, **fields: "models.Field[Any, Any]") -> ModelState:
    return ModelState("kept", called, [*((key, field.clone()) for key, field in KEY), *fields.items()])


def begun(kind: type[ProjectState]) -> ProjectState:
    """Return two models that are made, in a copy, as Django's command begins on a database that has them."""
    state = kind()
    state.add_model(model("Child", name=models.TextField()))
    state.add_model(model("Case", child=point("kept.Child")))
    assert len(state.apps.get_models()) == 2
    return state.clone()


def seen(state: ProjectState) -> dict[str, object]:
    """Return what the made models say of themselves, and of what points to them."""
    return {
        made.__name__: (
            [(field.name, field.deconstruct()[1:], field.column) for field in made._meta.local_fields],
            [(field.name, field.related_model) for field in made._meta.local_fields if field.is_relation],
            sorted(
                (str(found.related_model), found.field.name)
                for found in made._meta.get_fields(include_hidden=True)
                if isinstance(found, models.ForeignObjectRel)
            ),
            made._meta.indexes,
            made._meta.constraints,
            [found.name for found in made._meta.total_unique_constraints],
        )
        for made in state.apps.get_models()
    }


CHANGES: dict[str, Change] = {
    "a model": lambda state: state.add_model(model("Note", case=point("kept.Case"), about=point("kept.Child"))),
    "an index": lambda state: state.add_index("kept", "child", models.Index(fields=["name"], name="by_name")),
    "a constraint": lambda state: state.add_constraint(
        "kept", "child", models.UniqueConstraint(fields=["name"], name="one_name")
    ),
    "a field": lambda state: state.add_field("kept", "child", "told", models.TextField(default="no"), False),
    "a field that points": lambda state: state.add_field("kept", "child", "first", point("kept.Case"), True),
}


def summary(state: ProjectState) -> str:
    """Return `seen` as text: classes of two states are never the same, their names are."""
    return "\n".join(f"{name}: {said}" for name, said in sorted(seen(state).items()))


@pytest.mark.parametrize("change", CHANGES)
def test_an_addition_comes_to_the_same_models_as_djangos_way(change: str) -> None:
    added, reference = begun(AddingState), begun(ProjectState)
    before = summary(added)
    CHANGES[change](added)
    CHANGES[change](reference)
    assert summary(added) != before
    assert summary(added) == summary(reference)
    assert added == reference


def test_only_the_new_model_is_made() -> None:
    state = begun(AddingState)
    kept = {made.__name__: made for made in state.apps.get_models()}
    for change in CHANGES.values():
        change(state)
    made = {made.__name__: made for made in state.apps.get_models()}
    assert set(made) - set(kept) == {"Note"}
    assert all(made[name] is kept[name] for name in kept)


def test_a_later_change_reaches_what_was_added() -> None:
    added, reference = begun(AddingState), begun(ProjectState)
    for state in (added, reference):
        for change in CHANGES.values():
            change(state)
        state.alter_field("kept", "child", "id", models.UUIDField(primary_key=True), True)
    assert summary(added.clone()) == summary(reference.clone())
    note = added.apps.get_model("kept", "note")
    assert isinstance(note._meta.get_field("about").target_field, models.UUIDField)


def test_the_command_migrates_with_a_state_that_adds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.db.migrations.executor.MigrationExecutor._create_project_state", begun_for_django)
    state = Executor.__new__(Executor)._create_project_state(with_applied_migrations=True)
    assert isinstance(state, AddingState)
    assert isinstance(state.clone(), AddingState)


def begun_for_django(_executor: object, _with_applied_migrations: bool) -> ProjectState:
    return begun(ProjectState)
