"""Anonymous surveys of a class: slips, sealed envelopes, coarse results, and nobody who answered. See decision 27."""
