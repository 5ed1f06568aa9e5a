"""Draws every Django form with GOV.UK's markup, so that `{{ form }}` is right without a tag library."""

from django.forms.renderers import TemplatesSetting


class FormRenderer(TemplatesSetting):
    """Our templates for whole forms, groups of a field and the widgets in `templates/django/forms`."""

    form_template_name = "ui/forms/form.html"
    field_template_name = "ui/forms/field.html"
