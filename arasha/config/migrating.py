"""Migrations in a fraction of the time: a new table, column, index or rule doesn't make every other model anew.

Django keeps the models as they stand between two migrations, and after each operation makes again all that are related
to the one that changed: here, where nearly all lead to a file and to people, some fifty of two hundred each time. What
only adds can be added to the models that are there, as Django itself does when it loads an application; what changes
or removes is left to Django.
"""

from typing import Any

from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.state import ModelState, ProjectState
from django.db.models import NOT_PROVIDED, Field


class AddingState(ProjectState):
    """The models between two migrations; additions go into the models that are made already.

    The state before an operation shares its models with the state after it, so an addition is seen there early. No
    operation that adds reads what it adds from the state before.
    """

    @classmethod
    def of(cls, state: ProjectState) -> "AddingState":
        """Return a state with the same models, sharing what is made of them already."""
        adding = cls(models=state.models, real_apps=state.real_apps)
        if "apps" in state.__dict__:
            adding.apps = state.apps
        adding.is_delayed = state.is_delayed
        return adding

    def clone(self) -> "AddingState":
        """Return an exact copy, as Django's does, of this class."""
        return self.of(super().clone())

    def add_model(self, model_state: ModelState) -> None:
        """Make the new model alone: it is added to what it points to."""
        made = self.__dict__.pop("apps", None)
        super().add_model(model_state)
        if made is not None:
            self.apps = made
            self._gather()
            made.render_multiple([model_state])

    def _append_option(self, app_label: str, model_name: str, option_name: str, obj: Any) -> None:
        """Add an index or a constraint to the model's options: they make no other class."""
        made = self.__dict__.pop("apps", None)
        super()._append_option(app_label, model_name, option_name, obj)  # type: ignore[misc]  # not in the stubs
        if made is not None:
            self.apps = made
            options = made.get_model(app_label, model_name)._meta
            setattr(options, option_name, [*getattr(options, option_name), obj])
            options.__dict__.pop("total_unique_constraints", None)

    def add_field(
        self, app_label: str, model_name: str, name: str, field: "Field[Any, Any]", preserve_default: bool
    ) -> None:
        """Add the field to the model's class, and thereby to what it points to."""
        made = self.__dict__.pop("apps", None)
        super().add_field(app_label, model_name, name, field, preserve_default)
        if made is not None:
            self.apps = made
            self._gather()
            added = field.clone()
            if not preserve_default:
                added.default = NOT_PROVIDED
            made.get_model(app_label, model_name).add_to_class(name, added)
            made.clear_cache()

    def _gather(self) -> None:
        """Let the models look for each other here: some were made for a state that this one is a copy of."""
        for model in self.apps.get_models(include_auto_created=True, include_swapped=True):
            model._meta.apps = self.apps


class Executor(MigrationExecutor):
    """Django's, with a state that adds."""

    def _create_project_state(self, with_applied_migrations: bool = False) -> ProjectState:
        state = super()._create_project_state(with_applied_migrations)  # type: ignore[misc]  # not in the stubs
        return AddingState.of(state)
