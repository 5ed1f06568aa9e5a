"""The design system: base pages, components, form widgets, error pages, languages."""
