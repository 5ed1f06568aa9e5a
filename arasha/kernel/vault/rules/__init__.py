"""The vault's pure rules: scopes, envelopes, blind indexes, what a file may be."""

from arasha.kernel.vault.rules.scope import APART, FACETS, Scope, ScopeKind, facet_code

__all__ = ["APART", "FACETS", "Scope", "ScopeKind", "facet_code"]
